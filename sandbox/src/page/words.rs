//! Everything the page says, in both languages, in one table.
//!
//! A key that lacks a language does not compile. `{...}` are filled in.

/// Declares the table: `key: "日本語", "English";`.
macro_rules! table {
    ($($key:ident: $ja:literal, $en:literal;)*) => {
        /// The words in one language.
        #[derive(Debug)]
        pub struct Words {
            $(#[doc = $en] pub $key: &'static str,)*
        }

        /// Japanese.
        pub const JA: Words = Words { $($key: $ja,)* };
        /// English.
        pub const EN: Words = Words { $($key: $en,)* };

        /// The table itself: key, Japanese, English.
        #[cfg(test)]
        const ROWS: &[(&str, &str, &str)] = &[$((stringify!($key), $ja, $en),)*];

        #[cfg(test)]
        #[test]
        fn both_languages_say_something_and_fill_in_the_same() {
            let gaps = |text: &str| {
                let parts = text.split('{').skip(1);
                let names = parts.filter_map(|part| part.split_once('}'));
                let names = names.map(|(name, _)| name.to_owned());
                names.collect::<std::collections::BTreeSet<String>>()
            };
            for (key, ja, en) in ROWS {
                assert!(!ja.is_empty() && !en.is_empty(), "{key}");
                assert_eq!(gaps(ja), gaps(en), "{key}");
            }
        }
    };
}

pub(crate) use table;

table! {
    lang: "ja", "en";
    title: "お支払い", "Payment";
    new: "お支払いをお待ちしています。", "Waiting for payment.";
    left: "残り {time}", "{time} left";
    minutes_seconds: "{m}分{s}秒", "{m} min {s} s";
    seconds: "{s}秒", "{s} s";
    expiring: "まもなく期限切れです。送金済みの場合はそのままお待ちください", "Expiring soon. If you have sent it, please wait";
    short: "{amount} {unit} 不足しています。同じアドレスへ追加でお送りください", "{amount} {unit} short. Send the rest to the same address";
    paid: "送金を確認しました。承認を待っています(まだ完了ではありません)", "Payment seen. Awaiting confirmation, not final yet";
    confirmed: "承認が進んでいます({n}/{needed})", "Confirming ({n} of {needed})";
    complete: "お支払いが完了しました", "Payment complete";
    over: "多くお支払いいただきました。店舗へご連絡ください", "You paid too much. Contact the shop";
    expired: "有効期限が切れました。送金しないでください", "Expired. Do not send";
    invalid: "期限後または不足のため自動処理できません", "Late or short: cannot be settled automatically";
    canceled: "お支払いは取り消されました", "Payment canceled";
    checking: "状態を確認しています", "Checking the status";
    offline: "接続が切れました。再接続しています", "Connection lost. Reconnecting";
    step_wait: "支払待ち", "Wait";
    step_seen: "送金確認", "Seen";
    step_confirm: "承認", "Confirm";
    step_done: "完了", "Done";
    steps: "お支払いの流れ", "Progress";
    amount: "お支払い金額", "Amount";
    send_exactly: "送金額", "Amount to send";
    due: "請求額", "Amount due";
    rest_exactly: "追加の送金額", "Still to send";
    qr: "お支払い用QRコード", "QR code for payment";
    address: "{coin}アドレス", "{coin} address";
    copy: "コピー", "Copy";
    copy_address: "アドレスをコピー", "Copy address";
    copy_amount: "金額をコピー", "Copy amount";
    copied: "コピー済み", "Copied";
    copy_failed: "選択済み", "Selected";
    open_wallet: "ウォレットで開く", "Open in wallet";
    fee_note: "取引所から送金すると、送金額から手数料が差し引かれることがあります。着金額が不足しないようご注意ください。", "Exchanges deduct fees from what they send. Make sure the full amount arrives.";
    received: "受取済み", "Received";
    details: "お支払い内容", "Details";
    shop: "店舗", "Shop";
    item: "商品", "Item";
    yen: "金額(日本円)", "Amount in yen";
    sub_total: "小計", "Subtotal";
    tax: "消費税", "Tax";
    regular_price: "定価", "Regular price";
    discount: "割引額", "Discount";
    rate: "換算レート", "Rate";
    rate_value: "1 {unit} = {rate}円", "1 {unit} = {rate} yen";
    invoice: "インボイス番号", "Invoice number";
    order: "注文番号", "Order number";
    reference: "リファレンス番号", "Reference number";
    buyer: "ご購入者", "Buyer";
    buyer_name: "お名前", "Name";
    buyer_kana: "ふりがな", "Reading";
    buyer_postal: "ご住所", "Address";
    buyer_phone: "電話番号", "Phone";
    buyer_email: "メールアドレス", "Email";
    not_given: "(未設定)", "(not given)";
    returning: "{s}秒後に店舗のページへ戻ります", "Returning to the shop in {s} s";
    return_now: "店舗のページへ戻る", "Return to the shop";
    stay: "このページにとどまる", "Stay on this page";
    staying: "このページにとどまります", "Staying on this page";
    other_language: "English", "日本語";
    other_lang: "en", "ja";
    sandbox: "サンドボックス", "Sandbox";
    sandbox_note: "テスト用のページです。実際の暗号資産を送金しないでください。", "This is a test page. Do not send real coins.";
    bar_pay: "支払いを再現", "Play the buyer";
    bar_all: "全額を支払う", "Pay all that is due";
    bar_half: "半額を支払う", "Pay half";
    bar_more: "多めに支払う", "Pay too much";
    bar_time: "ブロックと時間", "Blocks and time";
    bar_mine: "1ブロック採掘", "Mine 1 block";
    bar_settle: "完了まで採掘", "Mine until complete";
    bar_advance: "10分進める", "Advance 10 minutes";
    not_found: "インボイスが見つかりません", "Invoice not found";
    not_found_note: "アドレスをご確認ください。", "Please check the address.";
}

/// `text` with each `{name}` replaced by its value.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// A span of time as people say it.
#[must_use]
pub fn span(words: &Words, seconds: u64) -> String {
    let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
    if seconds < 60 {
        return fill(words.seconds, &[("s", &rest)]);
    }
    fill(words.minutes_seconds, &[("m", &minutes), ("s", &rest)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_reads_as_in_the_table_of_states() {
        let left = |words: &Words| fill(words.left, &[("time", &span(words, 570))]);
        assert_eq!(left(&JA), "残り 9分30秒");
        assert_eq!(left(&EN), "9 min 30 s left");
        assert_eq!(span(&EN, 59), "59 s");
    }
}

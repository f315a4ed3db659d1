//! Everything the pages of iPay say, in both languages, in one table.

use super::words::table;

table! {
    lang: "ja", "en";
    other_language: "English", "日本語";
    other_lang: "en", "ja";
    secure: "3Dセキュア", "3-D Secure";
    amount: "お支払い金額", "Amount";
    asks: "ご本人の確認をお願いします", "Please confirm that it is you";
    asks_note: "このお支払いを認証すると、カードで支払われます。心当たりがない場合は拒否してください。", "Authenticate to pay with your card. Refuse if you do not know this payment.";
    accept: "認証する", "Authenticate";
    refuse: "拒否する", "Refuse";
    succeeded: "お支払いが完了しました", "Payment complete";
    succeeded_note: "認証は済んでいます。", "It was authenticated.";
    reserved: "認証が完了しました", "Authenticated";
    reserved_note: "店舗が確定するまで請求されません。", "Nothing is charged until the shop captures it.";
    failed: "お支払いは完了しませんでした", "The payment failed";
    failed_note: "カードには請求されません。", "Your card is not charged.";
    canceled: "お支払いは取り消されました", "Payment canceled";
    canceled_note: "店舗がこのお支払いを取り消しました。", "The shop canceled this payment.";
    nothing: "認証は必要ありません", "Nothing to authenticate";
    nothing_note: "このお支払いは、今は認証を求めていません。", "This payment does not ask for authentication now.";
    return_now: "店舗のページへ戻る", "Return to the shop";
    details: "お支払い内容", "Details";
    shop: "店舗", "Shop";
    card: "カード", "Card";
    description: "内容", "Description";
    payment: "支払い番号", "Payment";
    reason: "理由", "Reason";
    sandbox: "サンドボックス", "Sandbox";
    secure_note: "テスト用のページです。実際のカード会社とは関係ありません。", "This is a test page. No bank is behind it.";
    not_found: "お支払いが見つかりません", "Payment not found";
    not_found_note: "アドレスをご確認ください。", "Please check the address.";
    no_secret: "このページは表示できません", "This page cannot be shown";
    no_secret_note: "client_secret がないか、この支払いのものではありません。next_action のアドレスをそのままお使いください。", "client_secret is missing, or not this payment's. Use the address of next_action as it is.";
    bad_return: "戻り先を使用できません", "The return address cannot be used";
    bad_return_note: "return_url には、このマシンの http または https のアドレス(localhost、127.0.0.1)だけを指定できます。", "return_url must be an http or https address on this machine (localhost, 127.0.0.1).";
}

/// The words of a language that was chosen before.
#[must_use]
pub fn words(lang: &str) -> &'static Words {
    if lang == EN.lang { &EN } else { &JA }
}

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
    card_title: "カード情報の入力", "Your card";
    card_note: "カード番号はこのページからサンドボックスへ直接送られます。店舗に渡るのはトークンだけです。", "The number goes straight from this page to the sandbox. The shop is given a token of it, nothing else.";
    test_card: "テストカード", "Test card";
    typed_card: "番号を入力する", "Type a number";
    number: "カード番号", "Card number";
    exp_month: "月", "Month";
    exp_year: "年", "Year";
    cvc: "セキュリティコード", "Security code";
    expiry: "有効期限とセキュリティコード", "Expiry and security code";
    submit: "このカードを使う", "Use this card";
    busy: "送信しています", "Sending";
    handed_over: "店舗のページへ移動しています", "Going to the shop";
    needs_script: "このページにはスクリプトが必要です。カード番号を店舗に渡さないため、トークンはブラウザで作られます。", "This page needs scripts: the token is made in the browser, so that the shop never sees the number.";
    number_wrong: "カード番号が正しくありません", "This is no card number";
    number_unknown: "テストカードではありません。実際のカード番号は入力しないでください", "This is none of the test cards. Never enter a real one here";
    expiry_wrong: "有効期限が過ぎているか、日付ではありません", "The card has expired, or this is no date";
    cvc_wrong: "セキュリティコードが正しくありません", "The security code is wrong";
    key_wrong: "公開可能キーが正しくありません。このサンドボックスの publishable_key を指定してください", "The publishable key is wrong: use publishable_key of this sandbox";
    card_failed: "カードを登録できませんでした。もう一度お試しください", "That did not work. Please try again";
    card_sandbox_note: "テスト用のページです。実際のカード番号を入力しないでください。", "This is a test page. Never enter the number of a real card.";
    does_pay: "成功します", "succeeds";
    does_pay_then_dispute: "成功し、1時間後に異議が申し立てられます", "succeeds, disputed an hour later";
    does_decline: "拒否されます({code})", "is declined ({code})";
    does_ask: "3Dセキュアが必要です", "needs 3-D Secure";
    does_ask_if_wanted: "confirmation_token があれば3Dセキュアが必要です", "needs 3-D Secure with confirmation_token";
    does_ask_then_decline: "3Dセキュアの後に拒否されます({code})", "needs 3-D Secure, then is declined ({code})";
    does_transfer: "1日後に入金されます", "arrives after a day";
    no_key: "公開可能キーがありません", "The publishable key is missing";
    no_key_note: "publishable_key に、起動時の行にあるキーを指定してください。", "Give publishable_key, which is in the line printed at start.";
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

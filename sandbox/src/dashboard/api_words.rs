//! What the page about the control paths says, in both languages, in one table.

use crate::page::words::table;

table! {
    lang: "ja", "en";
    title: "コントロールAPI", "Control API";
    dashboard: "ダッシュボードへ", "Back to the dashboard";
    other_language: "English", "日本語";
    other_lang: "en", "ja";
    intro: "テストからサンドボックスを操作するためのAPIです。JSONを送り、JSONが返ります。誤りには 400 と、項目名を示す error を返します。", "For tests to act where only buyers, banks and time can. JSON in, JSON out; a mistake is answered with 400 and an error that names the field.";
    ids: "例にある番号は、このサンドボックスの最新のものです。", "Ids in the examples are the newest of this sandbox.";
    ca: "CA_FILE は、起動時の行にある ca_file です。", "CA_FILE is the ca_file of the line printed at start.";
    money: "支払いとブロック", "Money and blocks";
    pay: "入金を再現します。amount を省くと不足額の全額になります。", "Money is seen on the network; without amount, all that is still due.";
    invoice: "帳簿上のインボイス。受取額と履歴も含みます。", "An invoice as the books know it, with payments and history.";
    mine: "ブロックを採掘し、承認を進めます。", "Finds blocks, which confirm payments.";
    rates: "換算レートを読み取ります。", "Reads the rates.";
    set_rates: "これから作成されるインボイスの換算レートを変更します。", "Changes the rates for invoices made from now on.";
    account: "アカウント", "The account";
    keys: "APIキーとその状態の一覧。", "Lists the API keys and how they stand.";
    issue_key: "APIキーを発行します。応答に secret が含まれます。", "Issues an API key; the answer has its secret.";
    arrange_key: "APIキーの権限、nonce の上限、呼び出し制限を変更します。", "Changes a key's permission, highest nonce or rate limit.";
    modes: "サービスの振る舞いの設定を読み取ります。", "Reads how the service is played.";
    set_modes: "認証情報の場所や旧形式の応答などを切り替えます。", "Switches where credentials go, older spellings and the like.";
    time: "時計", "Time";
    clock: "仮想時刻を読み取ります。", "Reads the virtual time.";
    advance: "時計を進めます。有効期限と再送間隔もこれに従います。", "Moves the clock on; expiry and repeats follow it.";
    freeze: "時計を止めます。false で再び動きます。", "Stops the clock; false lets it run on.";
    webhooks: "Webhook", "Webhooks";
    deliveries: "すべての送信と、その試行。", "All deliveries with every try.";
    redeliver: "もう一度だけすぐに送ります。", "Sends one once more, at once.";
    hold: "送信を保留します。", "Holds all deliveries.";
    reorder: "送る順番を変更します。", "Puts deliveries into another order.";
    release: "保留を解除します。", "Lets them go.";
    faults: "障害", "Faults";
    read_faults: "有効なルールと、適用された回数。", "Rules in force, and how often they were played.";
    add_faults: "ルールを追加します。配列も使えます。", "Adds a rule, or a list of them.";
    clear_faults: "すべてのルールを解除します。", "Ends all rules.";
    state: "帳簿と状態", "Books and state";
    ready: "起動していれば 200 を返します。", "Answers 200 once the sandbox runs.";
    ledger: "届いたリクエストと、作成されたものすべて。", "Every request that arrived and everything it made.";
    events: "変更の回数を Server-Sent Events で送ります。", "Server-sent events: the count of changes.";
    snapshot: "状態全体を1つのJSONにします。secret も含まれます。", "The whole state as one document, secrets included.";
    restore: "その状態に戻します。", "Goes back to such a document.";
    reset: "最初の状態に戻します。APIキーは変わりません。", "Back to the beginning, with the same key.";
}

//! A shop that is killed in the middle of a create, at every step of it: what
//! the handle from before the call says afterwards, in a new process, agrees
//! with the ledger.

use std::sync::atomic::{AtomicUsize, Ordering};

use kessai_tests::{Gate, Sandbox, Shop, Way};

const SHOP: &str = env!("CARGO_BIN_EXE_shop");
const SETTLE: &str = "900";
const TIMEOUT: &str = "20000";

/// When the request that was held on its way arrives after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Late {
    Never,
    BeforeTheResume,
    AfterTheResume,
}

/// What happened on the way until the shop was killed.
#[derive(Debug)]
struct Case {
    step: &'static str,
    method: &'static str,
    ways: &'static [Way],
    late: Late,
}

use Way::{HoldAnswer, HoldRequest, LoseAnswer, LoseRequest, Tell, Through};

const CREATE: &str = "createInvoice";
const FIND: &str = "getInvoiceIdsByOrderNumber";
const GET: &str = "getInvoice";
/// A create that loses its first request, and is made on the second: create,
/// find, find after `settle`, create. Or that loses its first answer, and is
/// adopted: create, find, get.
const STEPS: [(&str, &str, &[Way]); 13] = [
    ("the create is on its way", CREATE, &[HoldRequest]),
    ("the create was executed", CREATE, &[HoldAnswer]),
    ("the create is answered", CREATE, &[Tell]),
    (
        "the first look is on its way",
        FIND,
        &[LoseRequest, HoldRequest],
    ),
    (
        "the first look was executed",
        FIND,
        &[LoseRequest, HoldAnswer],
    ),
    ("it settles", FIND, &[LoseRequest, Tell]),
    (
        "the second look is on its way",
        FIND,
        &[LoseRequest, Through, HoldRequest],
    ),
    (
        "the second look was executed",
        FIND,
        &[LoseRequest, Through, HoldAnswer],
    ),
    (
        "the second create is on its way",
        CREATE,
        &[LoseRequest, Through, Through, HoldRequest],
    ),
    (
        "the second create was executed",
        CREATE,
        &[LoseRequest, Through, Through, HoldAnswer],
    ),
    (
        "the look for what was made is on its way",
        FIND,
        &[LoseAnswer, HoldRequest],
    ),
    (
        "what was made is being read",
        GET,
        &[LoseAnswer, Through, HoldRequest],
    ),
    ("what was made was read", GET, &[LoseAnswer, Through, Tell]),
];

fn run(case: &Case) {
    let name = format!("killed when {}; {:?}", case.step, case.late);
    let sandbox = Sandbox::start();
    // The question for the time and the find of the handle come first.
    let ways = [&[Through, Through], case.ways].concat();
    let gate = Gate::before(sandbox.port(), &ways);
    let endpoint = gate.endpoint();
    let account = [endpoint.as_str(), &sandbox.key, &sandbox.secret];
    let shop = |arguments: &[&str]| Shop::start(SHOP, account, "clock", arguments);

    let mut killed = shop(&["create", "A-1", SETTLE, TIMEOUT]);
    let handle = killed.line();
    assert!(handle.contains('.'), "{name}: {handle}");
    if !case.ways.is_empty() {
        killed.go();
        assert_eq!(gate.wait(), case.method, "{name}");
    }
    killed.kill();

    if case.late == Late::BeforeTheResume {
        gate.deliver();
    }
    let mut resumed = shop(&["resume", &handle, SETTLE]);
    let said = resumed.line();
    resumed.finish();
    if case.late == Late::AfterTheResume {
        gate.deliver();
    }

    let books = sandbox.invoices_of("A-1");
    if said == "not_done" {
        assert!(books.is_empty(), "{name}: {said}, but {books:?}");
        let mut again = shop(&["create", "A-1", SETTLE, TIMEOUT]);
        again.line();
        again.go();
        let made = again.line();
        again.finish();
        let books = sandbox.invoices_of("A-1");
        assert_eq!(books.len(), 1, "{name}: created again");
        assert_eq!(
            made,
            format!("made {}", books[0]["invoice_id"].as_str().unwrap())
        );
    } else {
        assert_eq!(books.len(), 1, "{name}: {said}, but {books:?}");
        let id = books[0]["invoice_id"].as_str().unwrap();
        assert_eq!(said, format!("done {id} 0"), "{name}");
    }
}

#[test]
fn a_killed_create_is_resumed_in_a_new_process() {
    let mut cases = vec![Case {
        step: "nothing was sent yet",
        method: "",
        ways: &[],
        late: Late::Never,
    }];
    cases.extend(each_late(&STEPS));
    crowd(&cases, run);
}

/// Looks, creates, and looks again; the first create may be lost.
const STEPS_OF_ENSURE: [(&str, &str, &[Way]); 8] = [
    ("the look is on its way", FIND, &[HoldRequest]),
    ("it looked", FIND, &[Tell]),
    ("the create is on its way", CREATE, &[Through, HoldRequest]),
    ("the create was executed", CREATE, &[Through, HoldAnswer]),
    ("the create is answered", CREATE, &[Through, Tell]),
    (
        "it looks for others",
        FIND,
        &[Through, Through, HoldRequest],
    ),
    (
        "it looks for the lost one",
        FIND,
        &[Through, LoseRequest, HoldRequest],
    ),
    ("it settles", FIND, &[Through, LoseRequest, Tell]),
];

/// The call is simply made again, by another process.
fn run_ensure(case: &Case) {
    let name = format!("killed when {}; {:?}", case.step, case.late);
    let sandbox = Sandbox::start();
    // The question for the time comes first.
    let gate = Gate::before(sandbox.port(), &[&[Through], case.ways].concat());
    let endpoint = gate.endpoint();
    let account = [endpoint.as_str(), &sandbox.key, &sandbox.secret];
    let path = std::env::temp_dir().join(format!("kessai-killed-{}", sandbox.port()));
    let nonces = format!("file:{}", path.display());
    let arguments = ["ensure", "A-1", SETTLE, TIMEOUT];
    let start = || {
        let mut shop = Shop::start(SHOP, account, &nonces, &arguments);
        shop.go();
        shop
    };
    let mut killed = start();
    assert_eq!(gate.wait(), case.method, "{name}");
    killed.kill();
    if case.late == Late::BeforeTheResume {
        gate.deliver();
    }
    let mut again = start();
    let said = again.line();
    again.finish();
    if case.late == Late::AfterTheResume {
        gate.deliver();
    }
    let books = sandbox.invoices_of("A-1");
    assert_eq!(books.len(), 1, "{name}: {said}, {books:?}");
    let id = books[0]["invoice_id"].as_str().unwrap();
    assert_eq!(said, format!("ensured {id}"), "{name}");
    for file in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
        // The nonces, and whatever is kept beside them.
        if file
            .path()
            .to_string_lossy()
            .starts_with(&*path.to_string_lossy())
        {
            let _ = std::fs::remove_file(file.path());
            let _ = std::fs::remove_dir_all(file.path());
        }
    }
}

#[test]
fn a_killed_ensure_is_simply_made_again() {
    crowd(&each_late(&STEPS_OF_ENSURE), run_ensure);
}

/// Each step, and where a request is held there, each time at which it arrives.
fn each_late(steps: &[(&'static str, &'static str, &'static [Way])]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (step, method, ways) in steps {
        let is_held = ways.last() == Some(&HoldRequest);
        for late in [Late::Never, Late::BeforeTheResume, Late::AfterTheResume] {
            if is_held || late == Late::Never {
                cases.push(Case {
                    step,
                    method,
                    ways,
                    late,
                });
            }
        }
    }
    cases
}

fn crowd(cases: &[Case], run: fn(&Case)) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    run(case);
                }
            });
        }
    });
}

//! Tokens that a function of JavaScript gives: a call waits on its thread until
//! that function, which may be asynchronous, has answered on its own.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kessai::service::Patience;
use kessai::{Error, Secret};

use crate::mailbox::{Kind, Mailbox};

/// How long a wait goes on between two looks at whether it is to go on.
const SLICE: Duration = Duration::from_millis(50);

thread_local! {
    /// The question that was answered with an error last: the call that this
    /// thread makes ends with it.
    static REFUSED: Cell<Option<u32>> = const { Cell::new(None) };
}

/// The question whose failure ended this thread's call, once it has ended.
pub(crate) fn refused() -> Option<u32> {
    REFUSED.take()
}

/// The questions that are open.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<Open>);

#[derive(Default)]
struct Open {
    /// Nobody answers any more.
    closed: bool,
    last: u32,
    /// By number: whom to tell. None is an answer too.
    waiting: HashMap<u32, SyncSender<Option<Secret>>>,
}

impl Tokens {
    /// Asks JavaScript for a token, and waits for it on this thread.
    pub(crate) fn ask(&self, mailbox: &Mailbox, patience: &Patience) -> kessai::Result<Secret> {
        let (tell, told) = sync_channel(1);
        let number = {
            let mut open = self.open();
            if open.closed {
                return Err(none());
            }
            open.last = open.last.wrapping_add(1);
            let number = open.last;
            open.waiting.insert(number, tell);
            number
        };
        let answer = if mailbox.send(Kind::Token, number, String::new()) {
            wait(&told, patience)
        } else {
            None
        };
        self.open().waiting.remove(&number);
        answer.ok_or_else(|| {
            REFUSED.set(Some(number));
            none()
        })
    }

    /// Hands over an answer; gives whether anybody still waited for it.
    pub(crate) fn answer(&self, number: u32, token: Option<String>) -> bool {
        let waits = self.open().waiting.remove(&number);
        waits.is_some_and(|tell| tell.try_send(token.map(Secret::from)).is_ok())
    }

    /// Lets nobody wait any longer.
    pub(crate) fn close(&self) {
        let mut open = self.open();
        open.closed = true;
        open.waiting.clear();
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Until there is an answer, or the call has no time left for one.
fn wait(told: &Receiver<Option<Secret>>, patience: &Patience) -> Option<Secret> {
    loop {
        match told.recv_timeout(SLICE) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) if !patience.is_over() => {}
            Err(_) => return None,
        }
    }
}

fn none() -> Error {
    Error::of_bad_input("token_source", "token_source gave no token")
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

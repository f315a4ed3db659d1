//! The one way from the threads of calls back to the thread of JavaScript.

use std::fmt;
use std::sync::{PoisonError, RwLock};

use napi::bindgen_prelude::{FnArgs, Function};
use napi::threadsafe_function::{
    ThreadsafeFunction, ThreadsafeFunctionCallMode, UnknownReturnValue,
};
use napi::{Env, Result, Status};

/// What a letter holds: which kind it is, for which call, and its text.
pub(crate) type Letter = FnArgs<(u32, u32, String)>;

/// Weak: it keeps no process alive by itself.
type Post = ThreadsafeFunction<Letter, UnknownReturnValue, Letter, Status, false, true>;

/// What a letter tells; `lib/client.js` knows the same numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// An event for the hook.
    Event,
    /// What a call gave.
    Result,
    /// Why a call gave nothing.
    Error,
    /// A token is wanted; the number is not that of a call.
    Token,
}

/// Letters arrive in the order in which each thread sent them.
///
/// When the environment ends, as that of a worker does, `ThreadsafeFunction`
/// closes before what it refers to goes away, under a lock of its own: from then
/// on letters are dropped.
pub(crate) struct Mailbox(RwLock<Post>);

impl Mailbox {
    pub(crate) fn new(receive: &Function<'_, Letter, UnknownReturnValue>) -> Result<Self> {
        let post = receive
            .build_threadsafe_function::<Letter>()
            .weak::<true>()
            .callee_handled::<false>()
            .build()?;
        Ok(Self(RwLock::new(post)))
    }

    /// Whether it is on its way: nobody reads letters any more once the
    /// environment ends.
    pub(crate) fn send(&self, kind: Kind, call: u32, text: String) -> bool {
        let kind = match kind {
            Kind::Event => 0,
            Kind::Result => 1,
            Kind::Error => 2,
            Kind::Token => 3,
        };
        let post = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mode = ThreadsafeFunctionCallMode::NonBlocking;
        post.call((kind, call, text).into(), mode) == Status::Ok
    }

    /// Whether the process is to stay for letters that are to come.
    #[expect(
        deprecated,
        reason = "cloning, which is advised instead, says nothing about staying"
    )]
    pub(crate) fn stay(&self, env: &Env, stay: bool) -> Result<()> {
        let mut post = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if stay {
            post.refer(env)
        } else {
            post.unref(env)
        }
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox").finish_non_exhaustive()
    }
}

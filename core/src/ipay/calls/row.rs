//! What a row of the table becomes: a builder for Rust, and a method in every
//! language.

macro_rules! kind {
    (Text) => { impl Into<String> };
    (Secret) => { impl Into<Secret> };
    (Int) => { i64 };
    (Bool) => { bool };
    (Map) => { impl IntoIterator<Item = (impl Into<String>, impl Into<String>)> };
}

macro_rules! arg {
    (Text, $value:ident) => {
        Arg::Text($value.into())
    };
    (Secret, $value:ident) => {
        Arg::Secret($value.into())
    };
    (Int, $value:ident) => {
        Arg::Int($value.into())
    };
    (Bool, $value:ident) => {
        Arg::Bool($value)
    };
    (Map, $value:ident) => {
        Arg::Map(
            $value
                .into_iter()
                .map(|(name, text)| (name.into(), Arg::Text(text.into())))
                .collect(),
        )
    };
}

/// How a list is walked through.
macro_rules! walk {
    (list $builder:ident $item:ty) => {
        impl<'c> $builder<'c> {
            /// All of the list, page after page: never more than one page in memory.
            #[must_use]
            pub fn iter(self) -> Items<'c, $item> {
                Items::new(self.0)
            }
        }
    };
    (one $builder:ident $item:ty) => {};
}

macro_rules! given_type {
    (list $item:ty) => { Page<$item> };
    (one $item:ty) => { $item };
}

macro_rules! calls {
    (for $client:ident, $takes_card:literal; $(
        $(#[doc = $doc:literal])+
        $name:ident / $builder:ident: $verb:ident $path:literal -> $many:ident $item:ty, first $first:literal,
        needs { $($(#[doc = $need_doc:literal])+ $need:ident: $need_takes:ident = $need_wire:literal,)* }
        may { $($(#[doc = $may_doc:literal])+ $may:ident: $may_takes:ident = $may_wire:literal,)* };
    )+) => {
        impl $client {
            /// Every call of the table.
            pub(super) const CALLS: &'static [MethodInfo] = &[$(MethodInfo {
                name: $crate::model::plain(stringify!($name)),
                doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                order: None,
                needs_order_number: false,
                args: <$builder<'static>>::ENDPOINT.args,
                positional: $first,
                each: EACH,
                returns: <given_type!($many $item) as Gives>::RETURNS,
                limit: Limit::Clients,
            },)+];

            /// Runs a row of the table.
            pub(super) fn run_call(&self, name: &str, args: &mut Args) -> Option<Result<Returned>> {
                let each = match take_each(args) {
                    Ok(each) => each,
                    Err(error) => return Some(Err(error)),
                };
                Some(match name {
                    $(stringify!($name) => call::<given_type!($many $item)>(
                        self.engine(),
                        <$builder<'static>>::ENDPOINT,
                        &args.rest(),
                        each,
                    ).map(Gives::returned),)+
                    _ => return None,
                })
            }

            $(
                $(#[doc = $doc])+
                pub fn $name(&self, $($need: kind!($need_takes)),*) -> $builder<'_> {
                    #[allow(unused_mut, reason = "some need nothing")]
                    let mut calling = Calling::new(self.engine(), <$builder<'static>>::ENDPOINT);
                    $({
                        let name = const { $crate::model::plain(stringify!($need)) };
                        calling.put(name, arg!($need_takes, $need));
                    })*
                    $builder(calling)
                }
            )+
        }

        $(
            #[doc = concat!("A call of `", stringify!($name), "` that is put together.")]
            #[derive(Debug, Clone)]
            #[must_use = "nothing is sent before `send`"]
            pub struct $builder<'c>(Calling<'c, given_type!($many $item)>);

            impl $builder<'_> {
                pub(super) const ENDPOINT: &'static Endpoint = &Endpoint {
                    name: $crate::model::plain(stringify!($name)),
                    verb: Verb::$verb,
                    path: $path,
                    shown: concat!(verb!($verb), " ", $path),
                    args: &[
                        $(ArgInfo {
                            name: $crate::model::plain(stringify!($need)),
                            doc: $crate::doc::Doc::of(concat!($($need_doc, "\n"),+)),
                            takes: Takes::$need_takes,
                            required: true,
                        },)*
                        $(ArgInfo {
                            name: $crate::model::plain(stringify!($may)),
                            doc: $crate::doc::Doc::of(concat!($($may_doc, "\n"),+)),
                            takes: Takes::$may_takes,
                            required: false,
                        },)*
                    ],
                    wire: &[$($need_wire,)* $($may_wire,)*],
                    takes_card: $takes_card,
                };

                $(
                    $(#[doc = $may_doc])+
                    pub fn $may(mut self, value: kind!($may_takes)) -> Self {
                        let name = const { $crate::model::plain(stringify!($may)) };
                        self.0.put(name, arg!($may_takes, value));
                        self
                    }
                )*

                /// The key that makes repeats of this call one call: a random one
                /// unless given.
                pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
                    self.0.each.idempotency_key = Some(key.into());
                    self
                }

                /// When the shop first used this idempotency key, in Unix seconds, as
                /// its books say. 23 hours later the service may have forgotten the
                /// key, so nothing is sent any more: the outcome is unknown, and the
                /// handle of the error finds out. Unless given, it is now.
                pub fn first_try_at(mut self, unix_seconds: i64) -> Self {
                    self.0.each.first_try_at = Some(unix_seconds);
                    self
                }

                /// Where in the body something may stand that looks like a card's
                /// number.
                pub fn allow_paths(
                    mut self,
                    paths: impl IntoIterator<Item = impl Into<String>>,
                ) -> Self {
                    self.0.each.allow_paths = paths.into_iter().map(Into::into).collect();
                    self
                }

                /// Whom the call counts for, where the client has a `rate_limit`.
                pub fn rate_key(mut self, key: impl Into<String>) -> Self {
                    self.0.each.rate_key = Some(key.into());
                    self
                }

                /// The time limit of this call, instead of the client's.
                pub fn timeout(mut self, timeout: Duration) -> Self {
                    self.0.timeout = Some(timeout);
                    self
                }

                /// Makes the call.
                ///
                /// # Errors
                ///
                /// [`ErrorKind::Input`](crate::ErrorKind::Input) before anything is
                /// sent; otherwise what became of it, which
                /// [`Error::outcome`](crate::Error::outcome) tells.
                pub fn send(self) -> Result<given_type!($many $item)> {
                    self.0.send()
                }
            }

            walk!($many $builder $item);
        )+
    };
}

macro_rules! verb {
    (Get) => {
        "GET"
    };
    (Post) => {
        "POST"
    };
    (Delete) => {
        "DELETE"
    };
}

//! The pieces a page is put together from, whatever it shows.

/// How a thing stands, for a colour beside its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing happened yet, or nothing to say.
    Calm,
    /// As it should be.
    Good,
    /// To be looked at.
    Warn,
    /// Gone wrong.
    Bad,
}

impl Tone {
    /// What the style sheet calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// A sign beside the word, so that colour is never alone.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Calm => "·",
            Self::Good => "✓",
            Self::Warn => "!",
            Self::Bad => "×",
        }
    }
}

/// One line of a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// What opens it.
    pub id: String,
    /// Where that is.
    pub address: String,
    /// How it stands.
    pub tone: Tone,
    /// The same in a word.
    pub state: String,
    /// What it is.
    pub title: String,
    /// More about it.
    pub note: String,
    /// When.
    pub time: String,
}

/// A name and a value, which may lead somewhere.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The name.
    pub name: &'static str,
    /// The value.
    pub value: String,
    /// Where it leads.
    pub address: Option<String>,
}

/// A button.
#[derive(Debug, Clone, Copy)]
pub struct Button {
    /// What it does.
    pub act: &'static str,
    /// What it says.
    pub label: &'static str,
}

/// Text to be read and copied.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its heading.
    pub title: &'static str,
    /// What the page calls it.
    pub id: &'static str,
    /// The text.
    pub text: String,
}

/// One step on a timeline.
#[derive(Debug, Clone)]
pub struct Step {
    /// When.
    pub time: String,
    /// How it went.
    pub tone: Tone,
    /// What it was.
    pub text: String,
}

/// One thing in full.
#[derive(Debug, Clone)]
pub struct Detail {
    /// What opens it.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How it stands.
    pub tone: Tone,
    /// The same in a word.
    pub state: String,
    /// What is known.
    pub facts: Vec<Fact>,
    /// What can be done.
    pub buttons: Vec<Button>,
    /// Heading of the timeline.
    pub steps_title: &'static str,
    /// What happened.
    pub steps: Vec<Step>,
    /// Texts.
    pub blocks: Vec<Block>,
    /// A remark below them.
    pub remark: &'static str,
}

/// A list as far as it is shown.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The lines, newest first.
    pub lines: Vec<Line>,
    /// How many the search found.
    pub found: usize,
}

/// The most lines a page has.
pub const MAX_LINES: usize = 500;

impl Listing {
    /// Takes what was found, newest first, as far as there is room.
    pub fn collect(found: impl Iterator<Item = Line>) -> Self {
        let mut listing = Self::default();
        for line in found {
            listing.found += 1;
            if listing.lines.len() < MAX_LINES {
                listing.lines.push(line);
            }
        }
        listing
    }
}

/// Facts that are there: a name with `None` is left out.
pub fn facts(all: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Vec<Fact> {
    all.into_iter()
        .filter_map(|(name, value)| {
            Some(Fact {
                name,
                value: value?,
                address: None,
            })
        })
        .collect()
}

/// A fact that leads somewhere.
#[must_use]
pub fn link(name: &'static str, value: String, address: String) -> Fact {
    Fact {
        name,
        value,
        address: Some(address),
    }
}

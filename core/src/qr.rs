//! QR codes: for pages as SVG, for terminals as blocks.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::error::{Error, Result};
use crate::markup::attribute;

/// A QR code of any text, at error correction level M (about 15 % of it may
/// be unreadable), with the quiet zone that scanners need.
///
/// ```
/// use kessai::Qr;
/// let qr = Qr::new("bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856")?;
/// assert_eq!(qr.size(), 33);
/// assert!(qr.to_svg().starts_with("<svg "));
/// # Ok::<(), kessai::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    size: usize,
    rows: Vec<Vec<bool>>,
}

/// What a terminal without colours shows behind its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Background {
    /// Light text on a dark background, as most terminals have.
    Dark,
    /// Dark text on a light background.
    Light,
}

impl Qr {
    /// Modules of white on each side of the code.
    pub const QUIET_ZONE: usize = 4;

    /// The code of `text`, which is written as UTF-8, the smallest that holds
    /// it. A payment link should carry no label: a short one makes a code that
    /// is easier to scan.
    ///
    /// ```
    /// use kessai::Qr;
    /// assert!(Qr::new("お支払い").is_ok());
    /// assert_eq!(Qr::new("").unwrap_err().param(), Some("text"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when the text is empty or
    /// longer than any code holds: 2,331 bytes of UTF-8, more if it is all
    /// digits (5,596) or all upper-case letters, digits and ` $%*+-./:`
    /// (3,391).
    pub fn new(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::input("text", "text is empty: a QR code needs some"));
        }
        // Other encoders pack UTF-8 that looks like Shift JIS as Kanji, and
        // scanners then show other characters; this one never does.
        let segments = QrSegment::make_segments(text);
        let (least, most) = (Version::MIN, Version::MAX);
        let level = QrCodeEcc::Medium;
        let code = QrCode::encode_segments_advanced(&segments, level, least, most, None, false)
            .map_err(|_| {
                Error::input(
                    "text",
                    format!(
                        "text of {} bytes does not fit a QR code: shorten it to 2331 bytes",
                        text.len()
                    ),
                )
            })?;
        let row = |y| (0..code.size()).map(|x| code.get_module(x, y)).collect();
        let rows: Vec<Vec<bool>> = (0..code.size()).map(row).collect();
        Ok(Self {
            size: rows.len(),
            rows,
        })
    }

    /// Modules on a side, 21 to 177, the quiet zone not counted.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.size
    }

    /// The modules, row by row from the top left, without the quiet zone:
    /// `true` is dark.
    ///
    /// ```
    /// let qr = kessai::Qr::new("A")?;
    /// assert_eq!(qr.modules().count(), qr.size());
    /// assert!(qr.modules().all(|row| row.len() == qr.size()));
    /// # Ok::<(), kessai::Error>(())
    /// ```
    pub fn modules(&self) -> impl Iterator<Item = &[bool]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The code as one `<svg>` element, named `QR code` for those who cannot
    /// see it. See [`to_svg_labelled`](Self::to_svg_labelled).
    #[must_use]
    pub fn to_svg(&self) -> String {
        self.to_svg_labelled("QR code")
    }

    /// The code as one `<svg>` element, to stand inside a page or in a file of
    /// its own. `label` is its accessible name, as plain text.
    ///
    /// Always black on white, whatever the page's colours. It has no script,
    /// no style and no reference to anything outside, so it passes the
    /// strictest content security policy. It has no width and height of its
    /// own: the page's CSS gives them, 220 px or more.
    ///
    /// ```
    /// let qr = kessai::Qr::new("A")?;
    /// let svg = qr.to_svg_labelled("Pay <0.1 BTC>");
    /// assert!(svg.contains(r#"role="img" aria-label="Pay &lt;0.1 BTC&gt;""#));
    /// # Ok::<(), kessai::Error>(())
    /// ```
    #[must_use]
    pub fn to_svg_labelled(&self, label: &str) -> String {
        let side = self.size + 2 * Self::QUIET_ZONE;
        let label = attribute(label);
        let path = self.path();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
             <path fill=\"#000\" d=\"{path}\"/></svg>"
        )
    }

    /// One bar for each run of dark modules: a third of the bytes that one
    /// square for each would take.
    fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.modules().enumerate() {
            let mut x = Self::QUIET_ZONE;
            for run in row.chunk_by(|a, b| a == b) {
                let wide = run.len();
                if run.first() == Some(&true) {
                    let y = y + Self::QUIET_ZONE;
                    path.push_str(&format!("M{x} {y}h{wide}v1h-{wide}z"));
                }
                x += wide;
            }
        }
        path
    }

    /// The code for a terminal with colours, two rows of modules a line.
    ///
    /// The colours are set with escape codes, black on white from the fixed
    /// part of the 256-colour palette. The terminal's own colours cannot be
    /// relied on: without escape codes a light theme and a dark theme show the
    /// same text as each other's negative, which many scanners do not read,
    /// and themes redefine the 16 basic colours. Where escape codes are not
    /// wanted, use [`to_blocks`](Self::to_blocks).
    ///
    /// ```
    /// let shown = kessai::Qr::new("A")?.to_terminal();
    /// assert!(shown.starts_with("\u{1b}[38;5;16;48;5;231m"));
    /// assert!(shown.ends_with("\u{1b}[0m\n"));
    /// # Ok::<(), kessai::Error>(())
    /// ```
    #[must_use]
    pub fn to_terminal(&self) -> String {
        self.to_blocks(Background::Light)
            .lines()
            .map(|line| format!("\u{1b}[38;5;16;48;5;231m{line}\u{1b}[0m\n"))
            .collect()
    }

    /// The code as plain text of half blocks, two rows of modules a line,
    /// right for a terminal with this background only.
    ///
    /// ```
    /// use kessai::{Background, Qr};
    /// let qr = Qr::new("A")?;
    /// let line = qr.to_blocks(Background::Dark).lines().next().unwrap().to_owned();
    /// assert_eq!(line, "█".repeat(29)); // the quiet zone is what is drawn
    /// # Ok::<(), kessai::Error>(())
    /// ```
    #[must_use]
    pub fn to_blocks(&self, background: Background) -> String {
        let drawn = |x, y| self.is_dark(x, y) == (background == Background::Light);
        let side = self.size + 2 * Self::QUIET_ZONE;
        let mut text = String::new();
        for y in (0..side).step_by(2) {
            for x in 0..side {
                text.push(match (drawn(x, y), drawn(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }

    /// Whether a module is dark, counted from the corner of the quiet zone;
    /// what lies outside the code is light.
    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(Self::QUIET_ZONE);
        let row = inside(y).and_then(|y| self.rows.get(y));
        let module = row.zip(inside(x)).and_then(|(row, x)| row.get(x));
        module.copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    const ADDRESS: &str = "bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856";

    /// What a scanner reads when each module of a picture, quiet zone
    /// included, is four pixels wide.
    fn scan(picture: &[Vec<bool>]) -> String {
        let side = picture[0].len() * 4;
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(side, side, |x, y| {
            picture.get(y / 4).is_some_and(|row| row[x / 4])
        });
        let found = image.detect_grids();
        assert_eq!(found.len(), 1);
        let (about, text) = found[0].decode().unwrap();
        // The two bits of the format for level M, as the decoder counts them.
        assert_eq!(about.ecc_level, 0);
        text
    }

    fn picture_of_svg(svg: &str) -> Vec<Vec<bool>> {
        let part = |from: &str, to: &str| {
            let rest = svg.split_once(from).unwrap().1;
            rest.split_once(to).unwrap().0.to_owned()
        };
        let side: usize = part("viewBox=\"0 0 ", " ").parse().unwrap();
        let mut picture = vec![vec![false; side]; side];
        for bar in part(" d=\"M", "z\"").split("zM") {
            let numbers: Vec<usize> = bar
                .replace("v1h-", " ")
                .replace('h', " ")
                .split(' ')
                .map(|n| n.parse().unwrap())
                .collect();
            let [x, y, wide, back] = numbers[..] else {
                panic!("{bar}")
            };
            assert_eq!(wide, back);
            picture[y][x..x + wide].fill(true);
        }
        picture
    }

    fn picture_of_blocks(text: &str, background: Background) -> Vec<Vec<bool>> {
        let rows = |line: &str| {
            let half = |drawn: [char; 2]| {
                line.chars()
                    .map(|c| drawn.contains(&c) == (background == Background::Light))
                    .collect::<Vec<_>>()
            };
            [half(['█', '▀']), half(['█', '▄'])]
        };
        text.lines().flat_map(rows).collect()
    }

    #[test]
    fn the_documented_address_scans_in_every_form() {
        let qr = Qr::new(ADDRESS).unwrap();
        assert_eq!(qr.size(), 33);
        let svg = picture_of_svg(&qr.to_svg());
        assert_eq!(svg.len(), 41);
        assert_eq!(scan(&svg), ADDRESS);
        for background in [Background::Dark, Background::Light] {
            let mut picture = picture_of_blocks(&qr.to_blocks(background), background);
            assert!(picture.pop().unwrap().iter().all(|dark| !dark));
            assert_eq!(picture, svg);
        }
        let plain = qr
            .to_terminal()
            .replace("\u{1b}[38;5;16;48;5;231m", "")
            .replace("\u{1b}[0m", "");
        assert_eq!(plain, qr.to_blocks(Background::Light));
    }

    #[test]
    fn any_text_scans_as_it_was() {
        for text in [
            "0",
            "0123456789",
            "BITCOIN:BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ",
            "お支払いありがとうございます",
            "<script>alert('&')</script>\u{0}\n",
            "monacoin:MBamfEqEFDy5dsLWwu48BCizM1zpCoKw3U?amount=500.000000",
            &"long ".repeat(100),
        ] {
            let qr = Qr::new(text).unwrap();
            assert_eq!(scan(&picture_of_svg(&qr.to_svg())), text);
        }
    }

    /// Bytes that look like Shift JIS must not be packed as Kanji: a scanner
    /// would show other characters.
    #[test]
    fn japanese_is_written_as_bytes_of_utf8() {
        let segments = QrSegment::make_segments("お支払い");
        let modes: Vec<_> = segments.iter().map(|segment| segment.mode()).collect();
        assert_eq!(modes, [qrcodegen::QrSegmentMode::Byte]);
    }

    #[test]
    fn the_longest_text_is_told() {
        for (longest, unit) in [(2331, "a"), (5596, "7"), (3391, "A"), (777, "店")] {
            assert_eq!(Qr::new(&unit.repeat(longest)).unwrap().size(), 177);
            let error = Qr::new(&unit.repeat(longest + 1)).unwrap_err();
            assert_eq!(error.code(), Code::InputInvalid);
            assert_eq!(error.param(), Some("text"));
        }
    }

    #[test]
    fn the_svg_is_inert_whatever_its_label() {
        let qr = Qr::new("A").unwrap();
        let plain = qr.to_svg();
        for label in [
            "\"/><script>alert(1)</script>",
            "' onload='x",
            "&\u{0}\u{1b}",
        ] {
            let svg = qr.to_svg_labelled(label);
            for mark in ["<", "\"", "'", "&quot;><"] {
                let count = |text: &str| text.matches(mark).count();
                assert_eq!(count(&svg), count(&plain), "{mark} in {svg}");
            }
            assert!(!svg.contains(char::is_control));
            assert!(!svg.contains("style=") && !svg.contains("href"));
        }
    }
}

//! A mark's SVG as a PNG, for launchers that take no SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::fmt;

/// The longest side that is drawn: the largest icon a manifest names.
pub const PIXELS_MAX: u32 = 1024;

/// Why an SVG can't be drawn. We are to blame: every SVG here is our own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDrawn(String);

impl fmt::Display for NotDrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The mark could not be drawn: {}. This is a fault of Kith.", self.0)
    }
}

impl std::error::Error for NotDrawn {}

/// Draws a square SVG, `pixels` wide.
///
/// # Errors
/// [`NotDrawn`] for what is no SVG, and for more than [`PIXELS_MAX`].
pub fn render(svg: &str, pixels: u32) -> Result<Vec<u8>, NotDrawn> {
    let not_drawn = |why: &dyn fmt::Display| NotDrawn(why.to_string());
    let tree = Tree::from_str(svg, &Options::default()).map_err(|error| not_drawn(&error))?;
    let size = (pixels <= PIXELS_MAX).then_some(pixels).ok_or_else(|| not_drawn(&"it is too large"))?;
    let mut pixmap = Pixmap::new(size, size).ok_or_else(|| not_drawn(&"it has no size"))?;
    let scale = size as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| not_drawn(&error))
}

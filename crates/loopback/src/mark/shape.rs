//! The sixteen shapes. Each is its own mirror image, faces up, and is about as large as a circle of its radius.

use std::f64::consts::PI;
use std::fmt::Write as _;

type Point = (f64, f64);

/// At most two decimals, halves towards the greater, no negative zero: as the design's own program writes numbers.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 100.0 + 0.5).floor() / 100.0;
    if rounded == 0.0 { String::from("0") } else { rounded.to_string() }
}

fn point((x, y): Point) -> String {
    format!("{} {}", number(x), number(y))
}

/// The path of a shape with radius `r`.
pub(super) fn path(shape: u8, r: f64) -> String {
    let scaled = |points: &[Point]| points.iter().map(|(x, y)| (x * r, y * r)).collect::<Vec<_>>();
    let moved = |points: Vec<Point>, by: f64| points.into_iter().map(|(x, y)| (x, y + by)).collect::<Vec<_>>();
    match shape {
        0 => oval(r, r),
        1 => soft(&square(r * 0.92), 0.32),
        2 => soft(&square(r * 0.94), 0.08),
        3 => soft(&ring(4, r * 1.22, 0.0), 0.12),
        4 => soft(&moved(ring(3, r * 1.22, 0.0), r * 0.2), 0.18),
        5 => soft(&moved(ring(3, r * 1.28, PI), -(r * 0.18)), 0.18),
        6 => soft(&ring(6, r * 1.1, 0.0), 0.12),
        7 => soft(&ring(5, r * 1.12, 0.0), 0.13),
        8 => lobes(3, r * 0.84, 0.515),
        9 => lobes(4, r * 0.86, 0.53),
        10 => lobes(6, r * 0.94, 0.56),
        11 => soft(&scaled(&[(-1.0, 0.84), (-0.62, -0.94), (0.62, -0.94), (1.0, 0.84)]), 0.16),
        12 => lens(r),
        13 => oval(r * 1.22, r * 0.8),
        14 => arch(r),
        _ => soft(&scaled(&[(-0.72, -0.96), (0.72, -0.96), (0.98, 0.2), (0.0, 1.0), (-0.98, 0.2)]), 0.18),
    }
}

/// A polygon with softened corners. `k`: how far along each side the curve starts, up to a half.
fn soft(points: &[Point], k: f64) -> String {
    let mix = |a: Point, b: Point| (a.0 + (b.0 - a.0) * k, a.1 + (b.1 - a.1) * k);
    let before = points.iter().cycle().skip(points.len().saturating_sub(1));
    let after = points.iter().cycle().skip(1);
    let mut out = String::new();
    for ((here, before), after) in points.iter().zip(before).zip(after) {
        let pen = if out.is_empty() { 'M' } else { 'L' };
        let (from, to) = (mix(*here, *before), mix(*here, *after));
        // Writing to a String can't fail.
        let _ = write!(out, "{pen}{}Q{} {}", point(from), point(*here), point(to));
    }
    out + "Z"
}

fn ring(corners: u32, r: f64, turn: f64) -> Vec<Point> {
    let angle = |i: u32| -PI / 2.0 + turn + 2.0 * PI * f64::from(i) / f64::from(corners);
    (0..corners).map(|i| (r * angle(i).cos(), r * angle(i).sin())).collect()
}

fn square(a: f64) -> [Point; 4] {
    [(-a, -a), (a, -a), (a, a), (-a, a)]
}

/// Gentle lobes: arcs between as many valleys.
fn lobes(count: u32, r: f64, bulge: f64) -> String {
    let valleys = ring(count, r, PI / f64::from(count));
    let [first, second, ..] = valleys.as_slice() else { return String::new() };
    let radius = number((first.0 - second.0).hypot(first.1 - second.1) * bulge);
    let mut out = format!("M{}", point(*first));
    for valley in valleys.iter().skip(1).chain([first]) {
        let _ = write!(out, "A{radius} {radius} 0 0 1 {}", point(*valley));
    }
    out + "Z"
}

fn oval(a: f64, b: f64) -> String {
    let (left, right, height) = (number(-a), number(a), number(b));
    format!("M{left} 0A{right} {height} 0 1 1 {right} 0A{right} {height} 0 1 1 {left} 0Z")
}

/// Two curves that meet in points above and below.
fn lens(r: f64) -> String {
    let (top, bottom, right, left) = (number(-r * 1.2), number(r * 1.2), number(r * 1.66), number(-r * 1.66));
    format!("M0 {top}Q{right} 0 0 {bottom}Q{left} 0 0 {top}Z")
}

/// A half circle on a box with soft corners.
fn arch(r: f64) -> String {
    let n = |by: f64| number(r * by);
    let (left, right, spring) = (number(-r * 0.9), n(0.9), number(-r * 0.1));
    let (low, floor, inner) = (n(0.62), n(0.86), n(0.66));
    let inner_left = number(-r * 0.66);
    format!(
        "M{left} {spring}A{right} {right} 0 0 1 {right} {spring}L{right} {low}Q{right} {floor} {inner} {floor}\
         L{inner_left} {floor}Q{left} {floor} {left} {low}Z"
    )
}

//! OKLCH to sRGB, for files that can't carry OKLCH (Björn Ottosson, "A perceptual color space for image processing").

/// `#rrggbb`. Chroma gives way until the colour exists in sRGB.
pub(super) fn oklch(lightness: f64, chroma: f64, hue: u16) -> String {
    let mut chroma = chroma;
    loop {
        let linear = linear_srgb(lightness, chroma, f64::from(hue));
        let outside = linear.iter().any(|value| *value < -0.0005 || *value > 1.0005);
        if chroma > 0.0 && outside {
            chroma -= 0.004;
            continue;
        }
        let [red, green, blue] = linear.map(encoded);
        return format!("#{red:02x}{green:02x}{blue:02x}");
    }
}

fn linear_srgb(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let angle = hue * std::f64::consts::PI / 180.0;
    let (a, b) = (chroma * angle.cos(), chroma * angle.sin());
    let l = (lightness + 0.3963377774 * a + 0.2158037573 * b).powi(3);
    let m = (lightness - 0.1055613458 * a - 0.0638541728 * b).powi(3);
    let s = (lightness - 0.0894841775 * a - 1.291485548 * b).powi(3);
    [
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ]
}

/// The sRGB transfer function, as a byte.
fn encoded(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let value = if value <= 0.0031308 { 12.92 * value } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

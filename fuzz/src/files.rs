//! Bodies of what files are made of: questions, pieces that are here, names.

use crate::property::canonical;
use crate::record::Inputs;
use kith_base::{EventId, limits};
use kith_files::ask::{ASK_BYTES_MAX, Ask, What};
use kith_files::{Pieces, Shape, name};

/// Pieces of the file whose stored runs are read: several groups of them.
const PIECES: u64 = 5000;

/// A question, and that no answer to it is longer than what may be asked for, whatever the file.
pub(crate) fn ask(bytes: &[u8]) -> bool {
    let Some(ask) = canonical(bytes, 0, Ask::decode, Ask::encode) else { return false };
    assert!(bytes.len() <= ASK_BYTES_MAX);
    for size in [0, 1, 1 << 20, 1 << 33, limits::FILE_BYTES_MAX] {
        let shape = Shape::of(size).expect("a size that a file may have");
        let answer = ask.what.answer_bytes(shape).unwrap_or_default();
        let most = match ask.what {
            What::Tops => shape.groups() * 32,
            What::Hashes { .. } => 32 * 1024,
            What::Pieces { .. } => limits::FILE_PIECES_ASKED_MAX * 256 * 1024,
            What::Thanks => 0,
        };
        assert!(answer <= most, "{ask:?} of {size} bytes has {answer}");
    }
    true
}

/// Stored runs of pieces: in order, within the file, and as many as are counted.
pub(crate) fn pieces(bytes: &[u8]) -> bool {
    let decode = |bytes: &[u8]| Pieces::decode(bytes, PIECES);
    let Some(pieces) = canonical(bytes, 0, decode, Pieces::encode) else { return false };
    assert_eq!((0..PIECES).filter(|piece| pieces.has(*piece)).count() as u64, pieces.count());
    if let Some((from, end)) = pieces.missing(0, 16, PIECES) {
        assert!(from < end && end <= PIECES && (from..end).all(|piece| !pieces.has(piece)));
    }
    true
}

/// A name from another, made safe: never a path, never empty, never hidden, and safe already the second time.
pub(crate) fn file_name(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let safe = name::safe(text);
    assert!(!safe.is_empty() && safe.len() <= limits::FILE_NAME_BYTES_MAX + 1, "{safe:?}");
    assert!(!safe.contains(['/', '\\', '\0', '\n']) && !safe.starts_with('.'), "{safe:?}");
    assert!(!safe.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{safe:?}");
    assert_eq!(std::path::Path::new(&safe).components().count(), 1, "{safe:?}");
    safe == text
}

pub(crate) fn record(inputs: &mut Inputs) {
    let event = EventId::from_bytes([7; 32]);
    let asked = [
        What::Tops,
        What::Hashes { group: 0 },
        What::Hashes { group: 9 },
        What::Pieces { from: 0, count: 16 },
        What::Pieces { from: 1 << 20, count: limits::FILE_PIECES_ASKED_MAX },
        What::Thanks,
    ];
    asked.into_iter().for_each(|what| inputs.real("file_ask", Ask { event, what }.encode()));
    for from in [u64::MAX, u64::MAX - 63] {
        inputs.edge("file_ask", Ask { event, what: What::Pieces { from, count: 64 } }.encode());
    }
    let mut runs = Pieces::default();
    inputs.real("file_pieces", runs.encode());
    for (from, end) in [(3, 9), (100, 1024), (1025, 1026), (4990, PIECES)] {
        runs.add(from, end);
        inputs.real("file_pieces", runs.encode());
    }
    inputs.edge("file_pieces", Pieces::all(PIECES + 1).encode());
    for plain in ["survey.pdf", "IMG_0412.jpeg", "photo of the boat.png", "\u{627}\u{644}\u{628}\u{62d}\u{631}.txt"] {
        inputs.real("file_name", plain);
    }
    for odd in ["../../etc/passwd", "C:\\x", "con.txt", ".bashrc", "\u{202e}gnp.exe", "a\0b", "", "....", "x."] {
        inputs.edge("file_name", odd);
    }
}

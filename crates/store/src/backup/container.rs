//! The sealed file that a backup is: bytes go in and come out in order, in chunks that are each checked before they are
//! believed (`spec/backup.md`, BAK-001 to 003).
//!
//! ```text
//! "kith backup\n" ‖ length ‖ header ‖ chunk 0 ‖ chunk 1 ‖ … ‖ last chunk
//! ```
//! STREAM marks the last chunk in its nonce, so what was cut short does not open, wherever it was cut. Memory: two chunks.

use super::BackupError;
use crate::passphrase::{Cost, SALT_LEN};
use aead_stream::{DecryptorBE32, EncryptorBE32, Nonce, StreamBE32};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{Label, Rng, label};
use std::io::{self, Read, Write};
use zeroize::Zeroize as _;

pub(super) const MAGIC: &[u8] = b"kith backup\n";
const VERSION: u64 = 1;
/// What STREAM leaves of XChaCha20-Poly1305's nonce.
const NONCE_LEN: usize = 19;
/// Plain bytes of every chunk but the last.
pub(super) const CHUNK: usize = 64 * 1024;
/// What a chunk has more when it is sealed.
pub(super) const TAG: usize = 16;

/// For new backups: they lie where others keep them, and are opened once.
pub(super) const COST: Cost = Cost { memory_kib: 256 * 1024, passes: 3, lanes: 1 };

type Encryptor = EncryptorBE32<XChaCha20Poly1305>;
type Decryptor = DecryptorBE32<XChaCha20Poly1305>;

/// How the chunks are sealed.
struct Header {
    cost: Cost,
    salt: [u8; SALT_LEN],
    nonce: [u8; NONCE_LEN],
}

/// What a passphrase comes to under a header.
struct Keys {
    cipher: XChaCha20Poly1305,
    check: [u8; 32],
}

impl Header {
    /// The fields before the check.
    fn fields(&self) -> Writer {
        let writer = self.cost.write(Writer::new().number(Tag::must(1), VERSION), 2);
        writer.bytes(Tag::must(5), &self.salt).bytes(Tag::must(6), &self.nonce)
    }

    fn keys(&self, passphrase: &str) -> Result<Keys, String> {
        // BAK-002
        let stretched = self.cost.stretch(passphrase, &self.salt)?;
        let fields = self.fields().done();
        let key = label::derive(Label::BackupSeal, &*stretched, &[&fields]);
        let check = *label::derive(Label::BackupCheck, &*stretched, &[&fields]).expose();
        Ok(Keys { cipher: XChaCha20Poly1305::new(key.expose().into()), check })
    }

    fn nonce(&self) -> Nonce<XChaCha20Poly1305, StreamBE32<XChaCha20Poly1305>> {
        self.nonce.into()
    }

    /// What stands before the chunks.
    fn start(&self, check: &[u8; 32]) -> io::Result<Vec<u8>> {
        let message = self.fields().bytes(Tag::must(7), check).done();
        let length = u16::try_from(message.len()).map_err(io::Error::other)?;
        Ok([MAGIC, &length.to_be_bytes(), &message].concat())
    }

    /// Reads what stands before the chunks: the header and the check.
    fn read(source: &mut impl Read) -> Result<(Self, [u8; 32], u64), BackupError> {
        let mut magic = [0; MAGIC.len()];
        let mut length = [0; 2];
        // BAK-001
        read_start(source, &mut magic)?;
        if magic != *MAGIC {
            return Err(BackupError::NotOne);
        }
        read_start(source, &mut length)?;
        let mut bytes = vec![0; u16::from_be_bytes(length).into()];
        read_start(source, &mut bytes)?;
        let before = (magic.len() + length.len() + bytes.len()) as u64;
        let changed = |_: Malformed| BackupError::Damaged { at: before };
        let fields = Fields::parse(&bytes).map_err(changed)?;
        let version = fields.number(1).map_err(changed)?;
        if version != VERSION {
            return Err(BackupError::Newer { found: version, known: VERSION });
        }
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6, 7]).map_err(changed)?;
        let cost = Cost::read(&fields, 2).map_err(changed)?;
        let (salt, nonce) = (fields.array(5).map_err(changed)?, fields.array(6).map_err(changed)?);
        Ok((Self { cost, salt, nonce }, fields.array(7).map_err(changed)?, before))
    }
}

/// Reads what stands before the chunks of a backup, and writes it again.
pub(super) fn start_again(bytes: &[u8]) -> Option<Vec<u8>> {
    let (header, check, _) = Header::read(&mut &*bytes).ok()?;
    header.start(&check).ok()
}

/// A file that is shorter than the start of a backup is none.
fn read_start(source: &mut impl Read, room: &mut [u8]) -> Result<(), BackupError> {
    source.read_exact(room).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => BackupError::NotOne,
        _ => BackupError::Io(error),
    })
}

/// Seals what is written to it.
pub(super) struct Sealing<W: Write> {
    out: W,
    stream: Encryptor,
    /// Plain bytes of the chunk that is being filled. It is sealed once more comes, as the last one is sealed otherwise.
    room: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    /// Writes the header.
    pub(super) fn begin(mut out: W, passphrase: &str, cost: Cost, rng: &mut Rng) -> io::Result<Self> {
        let header = Header { cost, salt: rng.bytes(), nonce: rng.bytes() };
        let keys = header.keys(passphrase).map_err(io::Error::other)?;
        out.write_all(&header.start(&keys.check)?)?;
        let stream = Encryptor::from_aead(keys.cipher, &header.nonce());
        Ok(Self { out, stream, room: Vec::with_capacity(CHUNK + TAG) })
    }

    /// Seals the last chunk and gives back what it was written to.
    pub(super) fn finish(mut self) -> io::Result<W> {
        // BAK-003
        self.stream.encrypt_last_in_place(&[], &mut self.room).map_err(io::Error::other)?;
        self.out.write_all(&self.room)?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.room.len() == CHUNK && !bytes.is_empty() {
            // BAK-003
            self.stream.encrypt_next_in_place(&[], &mut self.room).map_err(io::Error::other)?;
            self.out.write_all(&self.room)?;
            self.room.clear();
        }
        let (taken, _) = bytes.split_at(bytes.len().min(CHUNK - self.room.len()));
        self.room.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens what [`Sealing`] sealed. Every byte that comes out was checked; that all of it came is known at its end alone.
pub(super) struct Opening<R: Read> {
    source: R,
    /// Gone once the last chunk was opened.
    stream: Option<Decryptor>,
    /// The sealed chunk behind the one that is open: where there is none, that one is the last.
    next: Vec<u8>,
    open: Vec<u8>,
    /// How much of the open chunk was read.
    read: usize,
    /// Where the open chunk begins in the file, to say where it is damaged.
    at: u64,
}

impl<R: Read> Opening<R> {
    /// Reads the header and tries the passphrase.
    pub(super) fn begin(mut source: R, passphrase: &str) -> Result<Self, BackupError> {
        let (header, check, at) = Header::read(&mut source)?;
        let keys = header.keys(passphrase).map_err(|_| BackupError::Damaged { at })?;
        // BAK-002
        if keys.check != check {
            return Err(BackupError::WrongPassphrase);
        }
        let stream = Some(Decryptor::from_aead(keys.cipher, &header.nonce()));
        let next = sealed_chunk(&mut source).map_err(BackupError::Io)?;
        Ok(Self { source, stream, next, open: Vec::new(), read: 0, at })
    }

    /// Where in the file what is read at the moment comes from.
    pub(super) const fn at(&self) -> u64 {
        self.at
    }

    /// Whether all was read, through the last chunk.
    pub(super) fn is_over(&mut self) -> Result<bool, BackupError> {
        if self.read == self.open.len() {
            self.turn()?;
        }
        Ok(self.read == self.open.len())
    }

    /// Fills `room`.
    pub(super) fn take(&mut self, mut room: &mut [u8]) -> Result<(), BackupError> {
        while !room.is_empty() {
            let piece = self.some(room.len())?;
            if piece.is_empty() {
                // An entry goes on behind the last chunk.
                return Err(BackupError::Damaged { at: self.at });
            }
            let (filled, rest) = room.split_at_mut(piece.len());
            filled.copy_from_slice(piece);
            room = rest;
        }
        Ok(())
    }

    /// The next bytes, at most so many; none at the end.
    pub(super) fn some(&mut self, most: usize) -> Result<&[u8], BackupError> {
        if self.read == self.open.len() {
            self.turn()?;
        }
        let end = self.open.len().min(self.read.saturating_add(most));
        let piece = self.open.get(self.read..end).unwrap_or_default();
        self.read = end;
        Ok(piece)
    }

    /// Opens the next chunk, if there is one.
    fn turn(&mut self) -> Result<(), BackupError> {
        let Some(mut stream) = self.stream.take() else { return Ok(()) };
        self.at += if self.open.is_empty() { 0 } else { (self.open.len() + TAG) as u64 };
        let behind = sealed_chunk(&mut self.source).map_err(BackupError::Io)?;
        let is_last = behind.is_empty();
        self.open.zeroize();
        self.open = std::mem::replace(&mut self.next, behind);
        self.read = 0;
        // BAK-003
        let opened = if is_last {
            stream.decrypt_last_in_place(&[], &mut self.open)
        } else {
            stream.decrypt_next_in_place(&[], &mut self.open).map(|()| self.stream = Some(stream))
        };
        if opened.is_err() {
            self.open.clear();
            self.stream = None;
            return Err(BackupError::Damaged { at: self.at });
        }
        Ok(())
    }
}

/// The bytes of a sealed chunk, or what is left.
fn sealed_chunk(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut chunk = Vec::with_capacity(CHUNK + TAG);
    source.take((CHUNK + TAG) as u64).read_to_end(&mut chunk)?;
    Ok(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that tests can afford.
    const CHEAP: Cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };

    fn sealed(plain: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::begin(Vec::new(), "right", CHEAP, &mut Rng::from_number(7)).unwrap();
        sealing.write_all(plain).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(sealed: &[u8], passphrase: &str) -> Result<Vec<u8>, BackupError> {
        let mut opening = Opening::begin(sealed, passphrase)?;
        let mut plain = Vec::new();
        loop {
            let piece = opening.some(10_000)?;
            if piece.is_empty() {
                return Ok(plain);
            }
            plain.extend_from_slice(piece);
        }
    }

    fn words(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 253) as u8).collect()
    }

    /// Where the chunks begin.
    fn start() -> usize {
        sealed(b"").len() - TAG
    }

    /// BAK-001, BAK-003
    #[test]
    fn what_was_sealed_comes_out_at_every_length_around_a_chunk() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
            let file = sealed(&words(length));
            let chunks = length.div_ceil(CHUNK).max(1);
            assert_eq!(file.len(), start() + length + chunks * TAG);
            assert!(opened(&file, "right").unwrap() == words(length), "{length}");
        }
    }

    /// BAK-003
    #[test]
    fn a_backup_that_is_cut_short_opens_nowhere() {
        let sealed_chunk = CHUNK + TAG;
        for length in [2 * CHUNK, 2 * CHUNK + 9] {
            let file = sealed(&words(length));
            let borders = (0..=2).map(|chunk| start() + chunk * sealed_chunk).filter(|end| *end < file.len());
            for end in borders.chain([file.len() - 1, file.len() - TAG, start() + 1, start() + sealed_chunk + 1]) {
                let cut = opened(&file[..end], "right");
                assert!(matches!(cut, Err(BackupError::Damaged { .. })), "{length} to {end}: {cut:?}");
            }
            for end in 0..start() {
                let cut = opened(&file[..end], "right");
                assert!(matches!(cut, Err(BackupError::NotOne)), "{end}: {cut:?}");
            }
        }
    }

    /// BAK-003
    #[test]
    fn a_backup_with_something_changed_added_or_moved_does_not_open() {
        let file = sealed(&words(3 * CHUNK + 5));
        let sealed_chunk = CHUNK + TAG;
        for at in (0..file.len()).step_by(4099).chain(start()..start() + 2).chain(file.len() - 2..file.len()) {
            for bit in [0, 7] {
                let mut changed = file.clone();
                changed[at] ^= 1 << bit;
                assert!(opened(&changed, "right").is_err(), "byte {at}");
            }
        }
        let longer = [&file[..], b"x"].concat();
        assert!(matches!(opened(&longer, "right"), Err(BackupError::Damaged { .. })));
        let mut moved = file.clone();
        let (first, second) = moved[start()..].split_at_mut(sealed_chunk);
        first.swap_with_slice(&mut second[..sealed_chunk]);
        assert!(matches!(opened(&moved, "right"), Err(BackupError::Damaged { .. })));
    }

    /// BAK-002
    #[test]
    fn another_passphrase_opens_nothing_and_every_changed_header_is_seen() {
        let file = sealed(b"said");
        assert!(matches!(opened(&file, "wrong"), Err(BackupError::WrongPassphrase)));
        assert!(matches!(opened(b"PK\x03\x04 an archive", "right"), Err(BackupError::NotOne)));
        for at in 0..start() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(opened(&changed, "right").is_err(), "byte {at}");
        }
        // Composed and decomposed, it is one passphrase.
        let mut sealing = Sealing::begin(Vec::new(), "Mu\u{308}hle", CHEAP, &mut Rng::from_number(7)).unwrap();
        sealing.write_all(b"said").unwrap();
        assert_eq!(opened(&sealing.finish().unwrap(), "M\u{fc}hle").unwrap(), b"said");
    }

    /// BAK-001
    #[test]
    fn a_backup_of_a_newer_version_says_so() {
        let header = Writer::new().number(Tag::must(1), 2).bytes(Tag::must(9), b"new").done();
        let file = [MAGIC, &u16::try_from(header.len()).unwrap().to_be_bytes(), &header, &[0; 64]].concat();
        assert!(matches!(opened(&file, "right"), Err(BackupError::Newer { found: 2, known: 1 })));
    }

    /// BAK-002
    #[test]
    fn a_header_that_asks_for_all_memory_is_refused() {
        let dear = Header { cost: Cost { memory_kib: u32::MAX, passes: 1, lanes: 1 }, salt: [0; 16], nonce: [0; 19] };
        let header = dear.fields().bytes(Tag::must(7), &[0; 32]).done();
        let file = [MAGIC, &u16::try_from(header.len()).unwrap().to_be_bytes(), &header, &[0; 64]].concat();
        assert!(matches!(opened(&file, "right"), Err(BackupError::Damaged { .. })));
    }
}

//! What an event says of a file (`spec/files.md`, FILE-001). The bytes of the file are not in it: whoever has this has the
//! key that opens them and the root that checks them, and asks its writer's device for the rest.

use super::event;
use kith_base::codec::{Fields, Malformed, Tag, Writer};
use kith_base::{Secret, limits};

/// A file that somebody sends. What stands here is its sender's word, but for what the root proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileBody {
    /// What its sender calls it. Never a path: it is made safe where it is shown or used.
    pub name: String,
    /// Plain bytes.
    pub size: u64,
    /// What its sender takes it for, such as `image/png`; empty for unknown.
    pub media_type: String,
    /// Seals this file alone.
    pub key: Secret,
    /// BLAKE3 of all sealed bytes.
    pub root: [u8; 32],
    /// Words beside it; empty for none.
    pub caption: String,
    /// What can be shown before the file is there.
    pub look: Look,
    /// How many seconds it stays once its time begins (EVT-071).
    pub timer: Option<u64>,
}

/// How a file looks or sounds, as its sender says: hints for showing it, each of which may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// A small picture, in a format that says itself what it is.
    pub thumbnail: Option<Vec<u8>>,
    /// Width and height in pixels.
    pub pixels: Option<(u32, u32)>,
    /// How long it plays, in milliseconds.
    pub duration_ms: Option<u64>,
    /// How loud it is over time, in steps of equal length. With it, it is a voice note.
    pub waveform: Option<Vec<u8>>,
}

impl FileBody {
    /// Whether it keeps the bounds of FILE-001.
    pub fn fits(&self) -> bool {
        let fits = |bytes: &Option<Vec<u8>>, most| bytes.as_ref().is_none_or(|bytes| bytes.len() <= most);
        (1..=limits::FILE_NAME_BYTES_MAX).contains(&self.name.len())
            && self.size <= limits::FILE_BYTES_MAX
            && self.media_type.len() <= limits::FILE_TYPE_BYTES_MAX
            && self.media_type.bytes().all(|byte| byte.is_ascii_graphic())
            && self.caption.len() <= limits::FILE_CAPTION_BYTES_MAX
            && fits(&self.look.thumbnail, limits::FILE_THUMBNAIL_BYTES_MAX)
            && fits(&self.look.waveform, limits::FILE_WAVEFORM_MAX)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let pixels = self.look.pixels.map(|(width, height)| (u64::from(width) << 32 | u64::from(height)).to_be_bytes());
        let duration = self.look.duration_ms.map(u64::to_be_bytes);
        Writer::new()
            .bytes(Tag::must(1), self.name.as_bytes())
            .number(Tag::must(2), self.size)
            .bytes(Tag::must(3), self.media_type.as_bytes())
            .bytes(Tag::must(4), self.key.expose())
            .bytes(Tag::must(5), &self.root)
            .bytes(Tag::must(6), self.caption.as_bytes())
            .optional(Tag::may(7), self.look.thumbnail.as_deref())
            .optional(Tag::may(8), pixels.as_ref().map(|bytes| &bytes[..]))
            .optional(Tag::may(9), duration.as_ref().map(|bytes| &bytes[..]))
            .optional(Tag::may(10), self.look.waveform.as_deref())
            .optional_number(Tag::may(11), self.timer)
            .done()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let fields = Fields::parse(bytes)?;
        fields.refuse_unknown(&[1, 2, 3, 4, 5, 6])?;
        let number = |tag| Ok::<_, Malformed>(fields.optional_array::<8>(tag)?.map(u64::from_be_bytes));
        let body = Self {
            name: fields.text(1)?.to_owned(),
            size: fields.number(2)?,
            media_type: fields.text(3)?.to_owned(),
            key: Secret::new(fields.array(4)?),
            root: fields.array(5)?,
            caption: fields.text(6)?.to_owned(),
            look: Look {
                thumbnail: fields.optional(7)?.map(<[u8]>::to_vec),
                pixels: number(8)?.map(|pixels| ((pixels >> 32) as u32, pixels as u32)),
                duration_ms: number(9)?,
                waveform: fields.optional(10)?.map(<[u8]>::to_vec),
            },
            timer: event::timer_of(&fields, 11)?,
        };
        // FILE-001
        if body.fits() { Ok(body) } else { Err(Malformed::BadValue(1)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> FileBody {
        FileBody {
            name: "a.png".into(),
            size: 7,
            media_type: "image/png".into(),
            key: Secret::new([1; 32]),
            root: [2; 32],
            caption: "look".into(),
            look: Look {
                thumbnail: Some(vec![3; 9]),
                pixels: Some((640, 480)),
                duration_ms: Some(1500),
                waveform: Some(vec![0, 255]),
            },
            timer: Some(60),
        }
    }

    /// FILE-001
    #[test]
    fn a_file_reads_back_as_it_was_written_and_keeps_its_bounds() {
        let whole = file();
        assert_eq!(FileBody::decode(&whole.encode()), Ok(whole.clone()));
        let bare = FileBody {
            look: Look::default(),
            caption: String::new(),
            media_type: String::new(),
            timer: None,
            ..file()
        };
        assert_eq!(FileBody::decode(&bare.encode()), Ok(bare));
        let look = |look: Look| FileBody { look, ..file() };
        for bad in [
            FileBody { name: String::new(), ..file() },
            FileBody { name: "x".repeat(limits::FILE_NAME_BYTES_MAX + 1), ..file() },
            FileBody { size: limits::FILE_BYTES_MAX + 1, ..file() },
            FileBody { media_type: "text/html\r\nx: y".into(), ..file() },
            FileBody { caption: "x".repeat(limits::FILE_CAPTION_BYTES_MAX + 1), ..file() },
            look(Look { thumbnail: Some(vec![0; limits::FILE_THUMBNAIL_BYTES_MAX + 1]), ..Look::default() }),
            look(Look { waveform: Some(vec![0; limits::FILE_WAVEFORM_MAX + 1]), ..Look::default() }),
        ] {
            assert!(FileBody::decode(&bad.encode()).is_err(), "{bad:?}");
        }
    }
}

//! Drawn icons, kept for the next window: drawing one takes some milliseconds.

use super::identity::Face;
use crate::mark::Ground;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Icons kept: the four sizes of the apps that are open. 512 pixels are about 20 KiB.
const KEPT: usize = 64;

/// The newest icons that were drawn, oldest first.
#[derive(Default)]
pub(super) struct Icons(Mutex<VecDeque<(Key, Arc<[u8]>)>>);

type Key = (Face, Ground, u32);

impl Icons {
    /// The icon as a PNG; `None` if it can't be drawn.
    pub(super) async fn get(&self, face: Face, ground: Ground, pixels: u32) -> Option<Arc<[u8]>> {
        let key = (face, ground, pixels);
        if let Some(icon) = self.find(&key) {
            return Some(icon);
        }
        let icon = tokio::task::spawn_blocking(move || face.png(ground, pixels)).await.ok().flatten()?;
        self.keep(key, icon.clone());
        Some(icon)
    }

    fn find(&self, key: &Key) -> Option<Arc<[u8]>> {
        let icons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        icons.iter().find(|(kept, _)| kept == key).map(|(_, icon)| icon.clone())
    }

    fn keep(&self, key: Key, icon: Arc<[u8]>) {
        let mut icons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if icons.len() >= KEPT {
            icons.pop_front();
        }
        icons.push_back((key, icon));
    }
}

//! What is used of the Secret Service API (freedesktop.org, version 0.2).

use std::collections::HashMap;
use zbus::{ObjectPath, OwnedObjectPath, OwnedVariant, Variant};

/// A secret on its way: session, parameters (the initialisation vector), value, content type.
type Sent<'a> = (ObjectPath<'a>, Vec<u8>, Vec<u8>, &'a str);
/// A secret that came.
type Came = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

#[zbus::proxy(
    interface = "org.freedesktop.Secret.Service",
    default_service = "org.freedesktop.secrets",
    default_path = "/org/freedesktop/secrets"
)]
pub(super) trait Service {
    /// → (the service's half, session)
    fn open_session(&self, algorithm: &str, input: Variant<'_>) -> zbus::Result<(OwnedVariant, OwnedObjectPath)>;
    /// → (unlocked, locked)
    fn search_items(
        &self,
        attributes: HashMap<&str, &str>,
    ) -> zbus::Result<(Vec<OwnedObjectPath>, Vec<OwnedObjectPath>)>;
    /// → (unlocked at once, prompt)
    fn unlock(&self, objects: &[ObjectPath<'_>]) -> zbus::Result<(Vec<OwnedObjectPath>, OwnedObjectPath)>;
    fn read_alias(&self, name: &str) -> zbus::Result<OwnedObjectPath>;
    /// → (collection, prompt)
    fn create_collection(
        &self,
        properties: HashMap<&str, Variant<'_>>,
        alias: &str,
    ) -> zbus::Result<(OwnedObjectPath, OwnedObjectPath)>;
}

#[zbus::proxy(interface = "org.freedesktop.Secret.Collection", default_service = "org.freedesktop.secrets")]
pub(super) trait Collection {
    /// → (item, prompt)
    fn create_item(
        &self,
        properties: HashMap<&str, Variant<'_>>,
        secret: Sent<'_>,
        replace: bool,
    ) -> zbus::Result<(OwnedObjectPath, OwnedObjectPath)>;
}

#[zbus::proxy(interface = "org.freedesktop.Secret.Item", default_service = "org.freedesktop.secrets")]
pub(super) trait Item {
    fn get_secret(&self, session: &ObjectPath<'_>) -> zbus::Result<Came>;
    /// → prompt
    fn delete(&self) -> zbus::Result<OwnedObjectPath>;
}

#[zbus::proxy(interface = "org.freedesktop.Secret.Prompt", default_service = "org.freedesktop.secrets")]
pub(super) trait Prompt {
    fn prompt(&self, window_id: &str) -> zbus::Result<()>;
    fn dismiss(&self) -> zbus::Result<()>;
    #[zbus(signal)]
    fn completed(&self, dismissed: bool, result: Variant<'_>) -> zbus::Result<()>;
}

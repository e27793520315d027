package io.overc.container;

/** Names what a driver may be able to do; the verbs concerned refuse where it cannot. */
public enum ContainerFeature {
  /** {@link ContainerDriver#sendImage}. */
  SEND_IMAGE,
  /** {@link ImageSource#digest()} is checked before the old image is replaced. */
  CHECK_IMAGE,
  /** {@link ContainerDriver#update}. */
  UPDATE,
  /** {@link ContainerDriver#upgrade} from {@link UpgradeSource#PACKAGES}. */
  UPGRADE_PACKAGES,
  /** {@link ContainerDriver#snapshots()} and going back to them. */
  SNAPSHOT,
  /**
   * {@link ContainerDriver#activate}, {@link ContainerDriver#upgrade} and rollback put the old
   * container back by themselves when the new one does not come up.
   */
  GO_BACK
}

package io.overc.event;

/**
 * Names what an operation does, in words that stay the same. The constants are those of OverC's own
 * interfaces; a program or a backend may have kinds of its own.
 *
 * @param name for example {@code host upgrade}
 */
public record OperationKind(String name) {
  /** {@link io.overc.host.HostUpgrader#update}. */
  public static final OperationKind HOST_UPDATE = new OperationKind("host update");

  /** {@link io.overc.host.HostUpgrader#upgrade}. */
  public static final OperationKind HOST_UPGRADE = new OperationKind("host upgrade");

  /** {@link io.overc.host.HostUpgrader#rollback}. */
  public static final OperationKind HOST_ROLLBACK = new OperationKind("host rollback");

  /** {@link io.overc.host.HostUpgrader#cancel}. */
  public static final OperationKind HOST_CANCEL = new OperationKind("host cancel");

  /** {@link io.overc.host.HostUpgrader#recover}. */
  public static final OperationKind HOST_RECOVER = new OperationKind("host recover");

  /** {@link io.overc.container.ContainerDriver#activate}. */
  public static final OperationKind CONTAINER_ACTIVATE = new OperationKind("container activate");

  /** {@link io.overc.container.ContainerDriver#start}. */
  public static final OperationKind CONTAINER_START = new OperationKind("container start");

  /** {@link io.overc.container.ContainerDriver#stop}. */
  public static final OperationKind CONTAINER_STOP = new OperationKind("container stop");

  /** {@link io.overc.container.ContainerDriver#sendImage}. */
  public static final OperationKind CONTAINER_SEND_IMAGE =
      new OperationKind("container send image");

  /** {@link io.overc.container.ContainerDriver#update}. */
  public static final OperationKind CONTAINER_UPDATE = new OperationKind("container update");

  /** {@link io.overc.container.ContainerDriver#upgrade}. */
  public static final OperationKind CONTAINER_UPGRADE = new OperationKind("container upgrade");

  /** {@code rollback} of {@link io.overc.container.ContainerDriver}. */
  public static final OperationKind CONTAINER_ROLLBACK = new OperationKind("container rollback");

  /** {@link io.overc.container.ContainerDriver#delete}. */
  public static final OperationKind CONTAINER_DELETE = new OperationKind("container delete");

  /** {@link io.overc.overlay.OverlaySharing#share}. */
  public static final OperationKind OVERLAY_SHARE = new OperationKind("overlay share");

  /** {@link io.overc.overlay.OverlaySharing#stop}. */
  public static final OperationKind OVERLAY_STOP = new OperationKind("overlay stop");

  /** {@link io.overc.overlay.OverlaySharing#rescan}. */
  public static final OperationKind OVERLAY_RESCAN = new OperationKind("overlay rescan");

  /** The creation of a snapshot, of whatever it is. */
  public static final OperationKind SNAPSHOT_CREATE = new OperationKind("snapshot create");

  /** {@link io.overc.snapshot.SnapshotStore#restore}. */
  public static final OperationKind SNAPSHOT_RESTORE = new OperationKind("snapshot restore");

  /** The deletion of one snapshot or of all of a subject. */
  public static final OperationKind SNAPSHOT_DELETE = new OperationKind("snapshot delete");

  /** {@link io.overc.snapshot.SnapshotStore#exportTo}. */
  public static final OperationKind SNAPSHOT_EXPORT = new OperationKind("snapshot export");

  /** {@link io.overc.snapshot.SnapshotStore#importFrom}. */
  public static final OperationKind SNAPSHOT_IMPORT = new OperationKind("snapshot import");

  /** {@code build} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_PACK_BUILD = new OperationKind("service pack build");

  /** {@code setup} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_PACK_SETUP = new OperationKind("service pack setup");

  /** A question to a pack's {@code bin/query}. */
  public static final OperationKind SERVICE_PACK_QUERY = new OperationKind("service pack query");

  /** {@code run} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_RUN = new OperationKind("service run");

  /** {@code start} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_START = new OperationKind("service start");

  /** {@code stop} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_STOP = new OperationKind("service stop");

  /** {@code remove} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_REMOVE = new OperationKind("service remove");

  /** {@code backup} of {@link io.overc.servicepack.ServicePackRunner}. */
  public static final OperationKind SERVICE_BACKUP = new OperationKind("service backup");

  /** {@link io.overc.image.ImageListHandler#handle}. */
  public static final OperationKind IMAGE_EVENT = new OperationKind("image event");

  /** {@link io.overc.image.ImageListHandler#handleAll}. */
  public static final OperationKind IMAGE_EVENTS = new OperationKind("image events");

  /** {@link io.overc.image.ImageListHandler#replay}. */
  public static final OperationKind IMAGE_REPLAY = new OperationKind("image replay");

  @Override
  public String toString() {
    return name;
  }
}

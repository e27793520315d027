package io.overc.engine;

import io.overc.snapshot.Snapshot;
import io.overc.snapshot.SnapshotOptions;

/** Tells the snapshots that recovery made of failed containers from those that people want back. */
final class SetAside {
  static final String COMMENT = "set aside: what an interrupted operation had left";
  static final SnapshotOptions OPTIONS =
      SnapshotOptions.defaults().withFullCopy().withComment(COMMENT);

  private SetAside() {}

  static boolean is(Snapshot snapshot) {
    return snapshot.comment().filter(COMMENT::equals).isPresent();
  }
}

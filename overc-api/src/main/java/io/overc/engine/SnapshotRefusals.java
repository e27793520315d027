package io.overc.engine;

import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.error.RefusedException.Guard;
import io.overc.error.Remedy;
import io.overc.snapshot.SnapshotFeature;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Refuses what cannot be done, before anything is touched. */
final class SnapshotRefusals {
  private final SnapshotWork work;

  SnapshotRefusals(SnapshotWork work) {
    this.work = work;
  }

  void checkOptions(String attempt, SnapshotOptions options) {
    if (options.freeze()) {
      checkFeature(attempt, SnapshotFeature.FREEZE);
    }
    if (options.fullCopy()) {
      checkFeature(attempt, SnapshotFeature.FULL_COPY);
    }
    if (options.comment().isPresent()) {
      checkFeature(attempt, SnapshotFeature.COMMENTS);
    }
  }

  void checkFeature(String attempt, SnapshotFeature feature) {
    if (!work.features().contains(feature)) {
      throw new RefusedException(
          Guard.UNSUPPORTED,
          "Cannot %s: this store cannot %s".formatted(attempt, words(feature)),
          remedy(feature));
    }
  }

  private static String words(SnapshotFeature feature) {
    return switch (feature) {
      case RESTORE_AS -> "restore under another name";
      case RESTORE_IN_PLACE -> "restore over what was snapshotted";
      case COMMENTS -> "keep comments";
      case FREEZE -> "freeze what it snapshots";
      case FULL_COPY -> "make full copies";
      case EXPORT -> "export snapshots";
      case IMPORT -> "import snapshots";
    };
  }

  private static Remedy remedy(SnapshotFeature feature) {
    return Remedy.other(
        switch (feature) {
          case COMMENTS, FREEZE, FULL_COPY -> "leave that option out";
          case RESTORE_AS -> "restore over what was snapshotted";
          case RESTORE_IN_PLACE -> "restore under a name that does not exist";
          case EXPORT, IMPORT -> "use a store that can";
        });
  }

  NotFoundException noSubject(String subject) {
    return new NotFoundException("There is no " + bare(subject) + " to snapshot");
  }

  /** Leaves out the article: "the directory /srv/web" becomes "directory /srv/web". */
  private String bare(String subject) {
    String described = work.describe(subject);
    return described.startsWith("the ") ? described.substring("the ".length()) : described;
  }

  /** Returns whose snapshot it is. */
  String requireWhole(String attempt, SnapshotId id) throws IOException {
    Optional<SnapshotWork.Found> found = work.find(id);
    if (found.isEmpty()) {
      throw missing(id);
    }
    String subject = found.get().subject();
    Optional<String> damage = found.get().damage();
    if (damage.isPresent()) {
      throw new RefusedException(
          Guard.OTHER,
          "Cannot %s: the snapshot is damaged: %s".formatted(attempt, damage.get()),
          Remedy.of(Remedy.Action.LIST_SNAPSHOTS, subject, "use another one"));
    }
    return subject;
  }

  NotFoundException missing(SnapshotId id) throws IOException {
    return new NotFoundException(
        "There is no snapshot '" + id + "'" + others(id),
        Remedy.of(Remedy.Action.LIST_SNAPSHOTS, "", "list those there are"));
  }

  /** Most ids begin with their subject: whoever mistypes one is told those that are like it. */
  private String others(SnapshotId id) throws IOException {
    Optional<String> subject =
        work.subjects().stream()
            .filter(id.text()::startsWith)
            .max(Comparator.comparing(String::length));
    if (subject.isEmpty()) {
      return "";
    }
    List<String> ids = work.list(subject.get()).ids().stream().map(SnapshotId::text).toList();
    return "; %s has %s".formatted(subject.get(), String.join(", ", ids));
  }

  void checkTarget(String attempt, String subject, String target, boolean exists) {
    boolean own = subject.equals(target);
    if (!exists) {
      if (!own || !work.features().contains(SnapshotFeature.RESTORE_IN_PLACE)) {
        checkFeature(attempt, SnapshotFeature.RESTORE_AS);
      }
    } else if (own) {
      checkFeature(attempt, SnapshotFeature.RESTORE_IN_PLACE);
    } else {
      throw new RefusedException(
          Guard.EXISTS,
          "Cannot %s: %s exists".formatted(attempt, work.describe(target)),
          Remedy.other("restore to a name that does not, or to " + subject));
    }
  }

  void checkFile(String attempt, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException("Cannot %s: there is no such file".formatted(attempt));
    }
  }
}

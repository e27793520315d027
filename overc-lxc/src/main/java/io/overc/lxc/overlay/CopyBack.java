package io.overc.lxc.overlay;

import io.overc.error.VerificationException;
import io.overc.event.Event;
import io.overc.event.Operation;
import io.overc.exec.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.OptionalLong;

/**
 * Copies what a list names from the sources: beside first, where each copy is compared, then into
 * the container. While the overlay is still what a start would mount, that changes nothing one
 * could see.
 */
final class CopyBack {
  /** As many names as cp(1) gets at once; their bytes stay far below what a pipe takes. */
  private static final int BATCH = 500;

  private final Steps steps;
  private final Layout layout;
  private final OverlayMount mount;

  CopyBack(Steps steps, Layout layout, OverlayMount mount) {
    this.steps = steps;
    this.layout = layout;
    this.mount = mount;
  }

  /** Copies, with everything that cp(1) can preserve, to the same file system. */
  void copy(Operation operation, long total) throws IOException {
    Files.createDirectories(layout.back());
    List<Path> sources = mount.lowers().subList(1, mount.lowers().size());
    long[] done = {0};
    for (int i = 0; i < sources.size(); i++) {
      int source = i;
      Path from = sources.get(i);
      Path to = Files.createDirectories(staged(source));
      Batch batch = new Batch(from, to);
      Lines.read(
          layout.copies(),
          line -> {
            ManifestEntry entry = ManifestEntry.parse(line);
            if (entry.source() == source) {
              batch.add(entry.path());
              if (++done[0] % BATCH == 0) {
                operation.progress(Event.Unit.ITEMS, done[0], OptionalLong.of(total));
              }
            }
          });
      batch.run();
    }
  }

  /** Compares every copy with what the source was. */
  void verify() throws IOException {
    Lines.read(
        layout.copies(),
        line -> {
          ManifestEntry entry = ManifestEntry.parse(line);
          Path copy = staged(entry.source()).resolve(entry.path());
          if (Fingerprint.of(copy).filter(entry.provider()::matches).isEmpty()) {
            throw new VerificationException(
                "The copy of /%s/%s is not what its source was: the source changed meanwhile, or the disk is faulty; look again with a rescan"
                    .formatted(mount.target(), RawPaths.shown(entry.path())));
          }
        });
  }

  void moveIn() throws IOException {
    Lines.read(
        layout.copies(),
        line -> {
          ManifestEntry entry = ManifestEntry.parse(line);
          Files.move(
              staged(entry.source()).resolve(entry.path()),
              mount.upper().resolve(entry.path()),
              StandardCopyOption.ATOMIC_MOVE);
        });
    DirectoryTimes.restore(mount.upper(), layout.times());
  }

  /** Removes what was moved in; the sources still provide it. */
  void moveOut() throws IOException {
    Lines.read(
        layout.copies(),
        line -> {
          ManifestEntry entry = ManifestEntry.parse(line);
          Path file = mount.upper().resolve(entry.path());
          if (Fingerprint.of(file).filter(entry.provider()::matches).isPresent()) {
            Files.delete(file);
          }
        });
    DirectoryTimes.restore(mount.upper(), layout.times());
  }

  private Path staged(int source) {
    return layout.back().resolve(String.valueOf(source));
  }

  /** Collects names, as the bytes they are, for one process. */
  private final class Batch {
    private final Path from;
    private final Path to;
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private int count;

    Batch(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    void add(Path path) {
      names.writeBytes(RawPaths.bytes(path));
      names.write(0);
      if (++count >= BATCH) {
        run();
      }
    }

    void run() {
      if (count == 0) {
        return;
      }
      steps
          .runner()
          .run(
              Command.of("xargs", "-0", "-r")
                  .arguments("cp", "-P", "-R", "--parents", "--reflink=auto")
                  .arguments("--preserve=mode,ownership,timestamps,xattr")
                  .arguments("-t", to.toString(), "--")
                  .directory(from)
                  .input(names.toByteArray())
                  .timeout(steps.timeout())
                  .build())
          .orThrow("copy files from " + from);
      names.reset();
      count = 0;
    }
  }
}

package io.overc.lxc.share;

import io.overc.error.VerificationException;
import io.overc.exec.Command;
import io.overc.internal.linux.RawPath;
import io.overc.lxc.layout.DirectoryTimes;
import io.overc.lxc.layout.Fingerprint;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.ManifestEntry;
import io.overc.lxc.layout.OverlayMount;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Copies what a list names from the sources: beside first, where each copy is compared, then into
 * the container. While the overlay is still what a start would mount, that changes nothing one
 * could see.
 */
record CopyBack(ChangeContext steps, Layout layout, OverlayMount mount) {
  /** Copies, with everything that cp(1) can preserve, to the same file system. */
  void copy() throws IOException {
    List<Path> sources = mount.lowers().subList(1, mount.lowers().size());
    for (int source = 0; source < sources.size(); source++) {
      Files.createDirectories(staged(source));
      Path names = layout.back().resolve("names." + source);
      writeNames(source, names);
      copy(sources.get(source), names, staged(source));
    }
  }

  /** Names go to the tool as the bytes they are; arguments of a process would be decoded. */
  private void writeNames(int source, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ManifestEntry.each(
          layout.copies(),
          entry -> {
            if (entry.source() == source) {
              out.write(RawPath.bytes(entry.path()));
              out.write(0);
            }
          });
    }
  }

  private void copy(Path from, Path names, Path to) {
    steps
        .tools()
        .run(
            "copy files from " + from,
            Command.of("xargs", "-0", "-r", "-a", names.toString())
                .arguments("cp", "-P", "-R", "--parents", "--reflink=auto")
                .arguments("--preserve=mode,ownership,timestamps,xattr")
                .arguments("-t", to.toString(), "--")
                .directory(from));
  }

  void verify() throws IOException {
    ManifestEntry.each(
        layout.copies(),
        entry -> {
          Path copy = staged(entry.source()).resolve(entry.path());
          if (Fingerprint.of(copy).filter(entry.provider()::matches).isEmpty()) {
            throw new VerificationException(
                "The copy of /%s/%s is not what its source was: the source changed meanwhile, or the disk is faulty; look again with a rescan"
                    .formatted(mount.target(), RawPath.shown(entry.path())));
          }
        });
  }

  void moveIn() throws IOException {
    ManifestEntry.each(
        layout.copies(),
        entry -> {
          Files.move(
              staged(entry.source()).resolve(entry.path()),
              mount.upper().resolve(entry.path()),
              StandardCopyOption.ATOMIC_MOVE);
        });
    DirectoryTimes.restore(mount.upper(), layout.times());
  }

  /** Removes what was moved in; the sources still provide it. */
  void moveOut() throws IOException {
    ManifestEntry.each(
        layout.copies(),
        entry -> {
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
}

package io.overc.lxc.share;

import io.overc.event.Operation;
import io.overc.internal.compare.Visitor.Mask;
import io.overc.internal.compare.Visitor.Reason;
import io.overc.internal.compare.Visitor.Shared;
import io.overc.lxc.layout.DirectoryTimes;
import io.overc.lxc.layout.Fingerprint;
import io.overc.lxc.layout.Layout;
import io.overc.lxc.layout.Lines;
import io.overc.lxc.layout.ManifestEntry;
import io.overc.lxc.layout.MaskTree;
import io.overc.overlay.DirectoryResult;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes what a comparison tells into a layout that is being made. */
class Recorder extends ComparisonStats implements Closeable {
  private final Planned planned;
  private final Layout layout;
  private final Lines manifest;
  private final DirectoryTimes times;
  private final MaskTree mask;

  Recorder(Planned planned, Layout layout, Operation operation) throws IOException {
    super(operation);
    this.planned = planned;
    this.layout = layout;
    Files.createDirectories(layout.work());
    this.mask = new MaskTree(Files.createDirectories(layout.mask()));
    this.times = new DirectoryTimes(planned.upper(), layout.times());
    this.manifest = new Lines(layout.manifest());
    times.add(Path.of(""));
  }

  /** Compares, and writes down the results. */
  void record() throws IOException {
    compare(planned);
    layout.describe(planned.what());
  }

  @Override
  public void shared(Shared entry) throws IOException {
    Optional<Fingerprint> provider =
        Fingerprint.of(planned.sources().get(entry.source()).resolve(entry.path()))
            .filter(fingerprint -> fingerprint.stamp().equals(entry.provider()));
    if (provider.isEmpty()) {
      super.kept(entry.path(), Reason.CHANGED);
      return;
    }
    super.shared(entry);
    add(
        new ManifestEntry(
            entry.path(), entry.source(), entry.allocated(), entry.stamp(), provider.get()));
  }

  @Override
  public void kept(Path path, Reason reason) throws IOException {
    super.kept(path, reason);
    if (reason == Reason.DIRECTORY && !path.toString().isEmpty()) {
      times.add(path);
    }
  }

  @Override
  public void masked(Path path, Mask kind) throws IOException {
    super.masked(path, kind);
    mask.hide(path, kind);
  }

  final DirectoryResult result() {
    return result(planned.what().directory());
  }

  final void add(ManifestEntry entry) throws IOException {
    manifest.add(entry.line());
  }

  @Override
  public void close() throws IOException {
    times.close();
    manifest.close();
  }
}

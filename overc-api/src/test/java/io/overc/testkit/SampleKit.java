package io.overc.testkit;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.overc.engine.ManagedSnapshotStore;
import io.overc.snapshot.SnapshotId;
import io.overc.snapshot.SnapshotStore;
import io.overc.spi.SideEffects;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Runs the kit on the sample backend, in memory. */
abstract class SampleKit extends SnapshotStoreContract {
  private final FileSystem memory =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder().setAttributeViews("basic", "posix", "unix").build());
  private final Path base = memory.getPath("/base");

  @AfterEach
  void close() throws IOException {
    memory.close();
  }

  private SnapshotStore store(Clock clock, SideEffects effects) {
    return new SampleStore(
        ManagedSnapshotStore.of(new SampleSnapshots(base, clock, effects), effects));
  }

  @Override
  protected SnapshotStore store() {
    return store(Clock.systemUTC(), SideEffects.direct());
  }

  @Override
  protected Optional<SnapshotStore> store(SideEffects effects) {
    return Optional.of(store(Clock.systemUTC(), effects));
  }

  @Override
  protected Optional<SnapshotStore> store(Clock clock) {
    return Optional.of(store(clock, SideEffects.direct()));
  }

  /** In a proof those before a side effect are enough: what is after one is before the next. */
  @Override
  protected UnaryOperator<List<Integer>> chosenPoints() {
    return KitMutation.running()
        ? points -> points.stream().filter(number -> number % 2 == 0).toList()
        : UnaryOperator.identity();
  }

  private PathSubjects subjects() {
    return new PathSubjects(base.resolve("subjects"));
  }

  @Override
  protected void write(String subject, String text) throws IOException {
    subjects().write(subject, text);
  }

  @Override
  protected Optional<String> read(String subject) throws IOException {
    return subjects().read(subject);
  }

  @Override
  protected Optional<Path> tree(String subject) {
    return Optional.of(subjects().path(subject));
  }

  @Override
  protected boolean remove(String subject) throws IOException {
    SampleCopy.remove(subjects().path(subject));
    return true;
  }

  @Override
  protected boolean damage(SnapshotId id) throws IOException {
    SampleCopy.remove(base.resolve("store").resolve(id.text()).resolve("data"));
    return true;
  }

  @Override
  protected List<String> leftovers() throws IOException {
    return PathSubjects.hidden(base.resolve("subjects"), base.resolve("store"));
  }
}

package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.overc.error.BusyException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.Event;
import io.overc.event.OperationOptions;
import io.overc.overlay.AppliedChange;
import io.overc.overlay.DirectoryRescan;
import io.overc.overlay.DirectoryResult;
import io.overc.overlay.KeptReason;
import io.overc.overlay.Outcome;
import io.overc.overlay.SharedDirectory;
import io.overc.overlay.SharingResult;
import io.overc.overlay.SourceChange;
import io.overc.overlay.StopResult;
import io.overc.overlay.WhenRunning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds what {@link io.overc.overlay.OverlaySharing} promises, for any backend. */
public abstract class OverlaySharingContract extends OverlayRefusalContract {
  private static final OperationOptions NONE = OperationOptions.defaults();

  /** For subclasses. */
  protected OverlaySharingContract() {}

  @Test
  @DisplayName("what is shared is seen as before, stored once, and listed")
  void shares() throws IOException {
    Path web = create("web", "same", "x".repeat(9000), "sub/same", "s", "own", "mine");
    create("base", "same", "x".repeat(9000), "sub/same", "s", "own", "other", "foreign", "f");
    Map<String, String> before = seen("web");
    SharingResult result = share("base");
    assertThat(seen("web")).isEqualTo(before);
    assertThat(web.resolve("same")).doesNotExist();
    assertThat(web.resolve("own")).exists();
    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(result.filesShared()).isEqualTo(2);
    assertThat(result.bytesSaved()).isGreaterThanOrEqualTo(9000);
    DirectoryResult figures = result.directories().get(0);
    assertThat(figures.filesKept()).containsExactly(entry(KeptReason.CONTENT, 1L));
    assertThat(figures.namesMasked()).isEqualTo(1);
    assertThat(sharing().list("web"))
        .containsExactly(
            new SharedDirectory(DIRECTORY, List.of("base"), SharedDirectory.State.SHARED));
  }

  @Test
  @DisplayName("a plan gives the figures and touches nothing")
  void plans() throws IOException {
    Path web = create("web", "same", "s", "own", "mine");
    create("base", "same", "s", "own", "other", "foreign", "f");
    SharingResult plan = sharing().plan("web", List.of(DIRECTORY), List.of("base"), NONE);
    assertThat(plan.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(web.resolve("same")).exists();
    assertThat(sharing().list("web")).isEmpty();
    assertThat(share("base").directories()).isEqualTo(plan.directories());
    StopResult planned = sharing().planStop("web", List.of(DIRECTORY));
    assertThat(planned.outcome()).isEqualTo(Outcome.PLANNED);
    assertThat(web.resolve("same")).doesNotExist();
    assertThat(stop().filesCopied()).isEqualTo(planned.filesCopied()).isEqualTo(1);
  }

  @Test
  @DisplayName("only the first source that has a path counts, and all of its attributes")
  void firstSourceCounts() throws IOException {
    Path web = create("web", "f", "Y", "mode", "m", "second", "2");
    Path first = create("first", "f", "X", "mode", "m");
    create("second", "f", "Y", "second", "2");
    Files.setPosixFilePermissions(
        web.resolve("mode"), PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(
        first.resolve("mode"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> before = seen("web");
    SharingResult result = share("first", "second");
    assertThat(result.filesShared()).isEqualTo(1);
    assertThat(result.directories().get(0).filesKept())
        .containsExactly(entry(KeptReason.MODE, 1L), entry(KeptReason.CONTENT, 1L));
    assertThat(seen("web")).isEqualTo(before);
  }

  @Test
  @DisplayName("a stop gives everything back, and what the container did since stays done")
  void stops() throws IOException {
    String[] files = {"gone", "g", "same", "s", "dir/a", "a", "dir/b", "b", "tree/x", "x"};
    Path web = create("web", files);
    create("base", files);
    fill(web, "changed", "1");
    share("base");
    Path view = start("web");
    inside("web", "rm", "/data/gone");
    inside("web", "rm", "-r", "/data/tree");
    inside("web", "mkdir", "/data/tree");
    inside("web", "sh", "-c", "echo -n new >/data/dir/a; echo -n y >/data/tree/y");
    Map<String, String> after = contents(view.resolve("data"));
    assertThat(after).doesNotContainKeys("gone", "tree/x").containsKey("tree/y");
    halt("web");
    StopResult result = stop();
    assertThat(result.outcome()).isEqualTo(Outcome.DONE);
    assertThat(result.filesCopied()).isEqualTo(2);
    assertThat(contents(web)).isEqualTo(after);
    assertThat(seen("web")).isEqualTo(after);
    assertThat(sharing().list("web")).isEmpty();
    assertThatThrownBy(this::stop)
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("shares nothing");
  }

  @Test
  @DisplayName("a container that runs is refused, or changed before its next start")
  void defers() throws IOException {
    Path web = create("web", "same", "s");
    create("base", "same", "s");
    start("web");
    assertRefused(() -> share("base"), "it runs", "before its next start");
    SharingResult deferred =
        sharing().share("web", List.of(DIRECTORY), List.of("base"), WhenRunning.DEFER, NONE);
    assertThat(deferred.outcome()).isEqualTo(Outcome.DEFERRED);
    assertThat(web.resolve("same")).exists();
    assertState(SharedDirectory.State.SHARE_PENDING);
    assertThat(sharing().applyPending(NONE))
        .extracting(AppliedChange::result)
        .containsExactly(AppliedChange.Result.RUNNING);
    halt("web");
    assertThat(sharing().applyPending(NONE))
        .containsExactly(
            new AppliedChange(
                "web",
                AppliedChange.Kind.SHARE,
                List.of(DIRECTORY),
                AppliedChange.Result.APPLIED,
                Optional.empty()));
    assertThat(web.resolve("same")).doesNotExist();
    assertState(SharedDirectory.State.SHARED);
    assertThat(sharing().applyPending(NONE)).isEmpty();

    start("web");
    assertRefused(this::stop, "it runs");
    sharing().stop("web", List.of(DIRECTORY), WhenRunning.DEFER, NONE);
    assertState(SharedDirectory.State.STOP_PENDING);
    halt("web");
    start("web");
    assertThat(sharing().list("web")).as("done before the start").isEmpty();
    assertThat(web.resolve("same")).exists();
    halt("web");
  }

  private void assertState(SharedDirectory.State state) {
    assertThat(sharing().list("web")).extracting(SharedDirectory::state).containsExactly(state);
  }

  @Test
  @DisplayName("a rescan hides new names, shares what became identical, and tells what changed")
  void rescans() throws IOException {
    Path web = create("web", "same", "s", "changes", "1", "vanishes", "v", "later", "new");
    Path base = create("base", "same", "s", "changes", "1", "vanishes", "v", "later", "old");
    share("base");
    fill(base, "appeared", "a", "changes", "2", "later", "new");
    Files.delete(base.resolve("vanishes"));
    assertRefused(this::stop, "/data/changes changed", "/data/vanishes vanished", "rescan");
    assertThat(seen("web")).containsKey("appeared");
    DirectoryRescan found = sharing().rescan("web", NONE).directories().get(0);
    assertThat(found.changes())
        .containsExactlyInAnyOrder(
            new SourceChange("/data/changes", SourceChange.Kind.CHANGED),
            new SourceChange("/data/vanishes", SourceChange.Kind.VANISHED));
    assertThat(found.changed()).isEqualTo(2);
    assertThat(found.newlyShared()).isEqualTo(1);
    assertThat(found.result().filesShared()).isEqualTo(3);
    assertThat(web.resolve("later")).doesNotExist();
    Map<String, String> after = seen("web");
    assertThat(after.keySet()).containsExactly("", "changes", "later", "same");
    assertThat(sharing().rescan("web", NONE).changed()).isZero();
    stop();
    assertThat(contents(web)).isEqualTo(after);
  }

  @Test
  @DisplayName("progress is told in order, and a listener that throws breaks nothing")
  void events() throws IOException {
    create("web", "same", "s");
    create("base", "same", "s");
    List<Event> events = new ArrayList<>();
    sharing()
        .share(
            "web",
            List.of(DIRECTORY),
            List.of("base"),
            WhenRunning.REFUSE,
            OperationOptions.of(
                event -> {
                  events.add(event);
                  throw new IllegalStateException("a listener that throws");
                }));
    assertThat(events.get(0)).isInstanceOf(Event.Started.class);
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            Event.Finished.class, finished -> assertThat(finished.succeeded()).isTrue());
    assertThat(events).hasAtLeastOneElementOfType(Event.StepStarted.class);
  }

  @Test
  @DisplayName("of two changes at once each is made, refused, or told who is busy")
  void twoAtOnce() throws Exception {
    create("web", "same", "s");
    create("base", "same", "s");
    Map<String, String> before = seen("web");
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Callable<Boolean> call =
          () -> {
            try {
              share("base");
              return true;
            } catch (BusyException e) {
              return false;
            } catch (RefusedException e) {
              assertThat(e).hasMessageContaining("shared already");
              return false;
            }
          };
      int made = 0;
      for (Future<Boolean> future : pool.invokeAll(List.of(call, call))) {
        made += future.get() ? 1 : 0;
      }
      assertThat(made).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
    assertThat(seen("web")).isEqualTo(before);
  }
}

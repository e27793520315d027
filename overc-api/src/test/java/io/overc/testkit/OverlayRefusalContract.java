package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.InvalidArgumentException;
import io.overc.error.NotFoundException;
import io.overc.error.RefusedException;
import io.overc.event.OperationOptions;
import io.overc.overlay.SharingResult;
import io.overc.overlay.WhenRunning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what {@link io.overc.overlay.OverlaySharing} refuses, and that it says why. */
public abstract class OverlayRefusalContract extends OverlaySharingKit {
  private static final OperationOptions NONE = OperationOptions.defaults();

  /** For subclasses. */
  protected OverlayRefusalContract() {}

  @Test
  @DisplayName("a source that runs, that shares, or that is missing is refused")
  void badSources() throws IOException {
    create("web", "same", "s");
    create("base", "same", "s");
    create("other", "same", "s");
    assertThatThrownBy(() -> share("nowhere"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("'nowhere'");
    assertRefused(() -> share("web"), "with itself");
    start("base");
    assertRefused(() -> share("base"), "base: it runs", "snapshot");
    halt("base");
    share("base");
    assertRefused(() -> shareOf("other", "web"), "web: it shares directories itself");
    assertRefused(() -> shareOf("base", "other"), "it is itself a source of web");
    assertRefused(() -> start("base"), "Cannot start base", "web");
  }

  private SharingResult shareOf(String container, String source) {
    return sharing()
        .share(container, List.of(DIRECTORY), List.of(source), WhenRunning.REFUSE, NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "/", "//", "/data/..", "/./data", "/a\nb", "/a,b", "/proc/x"})
  @DisplayName("what is no directory to share is refused before anything is touched")
  void badDirectories(String directory) throws IOException {
    create("web", "same", "s");
    create("base", "same", "s");
    assertThatThrownBy(
            () ->
                sharing()
                    .share("web", List.of(directory), List.of("base"), WhenRunning.REFUSE, NONE))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("cannot be shared");
    assertThat(sharing().list("web")).isEmpty();
  }

  @Test
  @DisplayName("nothing named, twice, nested, missing, shared already: each is told")
  void badInput() throws IOException {
    Path web = create("web", "same", "s", "sub/same", "s");
    create("base", "same", "s", "sub/same", "s");
    Files.createSymbolicLink(web.resolveSibling("link"), Path.of("data"));
    assertIllegal(() -> shareAll(List.of(), "base"), "No directory");
    assertIllegal(() -> shareAll(List.of(DIRECTORY)), "No source");
    assertIllegal(() -> shareAll(List.of(DIRECTORY), "base", "base"), "twice");
    assertIllegal(() -> sharing().list("../web"), "container");
    assertRefused(() -> shareAll(List.of("/data", "/data/sub"), "base"), "within the other");
    assertRefused(() -> shareAll(List.of("/link"), "base"), "symbolic link");
    assertThatThrownBy(() -> shareAll(List.of("/nowhere"), "base"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("/nowhere");
    assertThatThrownBy(() -> sharing().list("nowhere")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> sharing().rescan("web", NONE)).isInstanceOf(NotFoundException.class);
    share("base");
    assertRefused(() -> share("base"), "shared already");
    assertRefused(() -> shareAll(List.of("/data/sub"), "base"), "within the other");
  }

  private SharingResult shareAll(List<String> directories, String... sources) {
    return sharing().share("web", directories, List.of(sources), WhenRunning.REFUSE, NONE);
  }

  static void assertRefused(Callable<?> call, String... words) {
    assertThatThrownBy(call::call)
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll(words);
  }

  static void assertIllegal(Callable<?> call, String word) {
    assertThatThrownBy(call::call)
        .isInstanceOfAny(IllegalArgumentException.class, InvalidArgumentException.class)
        .hasMessageContaining(word);
  }
}

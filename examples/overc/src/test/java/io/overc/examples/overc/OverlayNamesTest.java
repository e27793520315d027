package io.overc.examples.overc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Names of overc container overlay")
class OverlayNamesTest {
  @Test
  @DisplayName("are read with slashes around them and without")
  void slashes() {
    assertThat(OverlayNames.container("/web/")).isEqualTo("web");
    assertThat(OverlayNames.container("web")).isEqualTo("web");
    assertThat(OverlayNames.container("/")).isEmpty();
    assertThat(OverlayNames.sources(List.of("/essential,base,/other/")))
        .containsExactly("essential", "base", "other");
    assertThat(OverlayNames.sources(List.of("a", "b,c"))).containsExactly("a", "b", "c");
    assertThat(OverlayNames.directories(List.of("/usr/share,opt/", "/srv,/")))
        .containsExactly("/usr/share", "/opt/", "/srv");
  }

  @Test
  @DisplayName("keep what is no name, for the backend to refuse")
  void others() {
    assertThat(OverlayNames.container("../web")).isEqualTo("../web");
    assertThat(OverlayNames.directories(List.of("/../x"))).containsExactly("/../x");
  }
}

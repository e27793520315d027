package io.overc.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OvercExceptionTest {
  @Test
  @DisplayName("an exception that was created without a cause can be given one")
  void cause() {
    IOException cause = new IOException("no");
    assertThat(new OvercException("message").initCause(cause)).hasCause(cause);
    assertThat(new OvercException("problem", Remedy.other("fix it")).initCause(cause))
        .hasCause(cause)
        .hasMessage("problem; fix it");
  }
}

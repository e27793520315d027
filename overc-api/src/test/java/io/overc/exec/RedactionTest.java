package io.overc.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final String SECRET = "s3cr3t-Grüße";

  private final List<String> lines = new ArrayList<>();

  private LineOutput output(String... secrets) {
    CommandBuilder builder = Command.of("tool");
    List.of(secrets).forEach(builder::secret);
    return new LineOutput(builder.build(), lines::add);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("a secret shows nowhere: streams, lines, command line, result, exceptions")
  void secretShowsNowhere() {
    Command command =
        Command.of("sh", "-c", "echo \"out $S\"; echo \"err $S\" >&2; echo \"$1\"; exit 1", "sh")
            .arguments("--password=" + SECRET)
            .secretEnvironment("S", SECRET)
            .lines(lines::add)
            .build();
    CommandResult result = CommandRunner.system().run(command);
    CommandFailedException e =
        catchThrowableOfType(
            CommandFailedException.class, () -> result.orThrow("log in with " + SECRET));
    assertThat(List.of(result.stdout(), result.stderr(), lines, command, result, e.getMessage()))
        .allSatisfy(shown -> assertThat(shown.toString()).doesNotContain(SECRET).contains("***"));
  }

  @Test
  @DisplayName("a timeout does not show a secret either")
  void timeoutShowsNoSecret() {
    Command command =
        Command.of("sh", "-c", "echo \"$1\"; sleep 300", "sh", SECRET)
            .secret(SECRET)
            .timeout(Duration.ofMillis(500))
            .build();
    CommandTimeoutException e =
        catchThrowableOfType(
            CommandTimeoutException.class, () -> CommandRunner.system().run(command));
    assertThat(e.getMessage()).doesNotContain(SECRET).contains("***");
  }

  @Test
  @DisplayName("quoting does not hide a secret from redaction")
  void secretWithQuotes() {
    Command command = Command.of("login", "pass'w ord").secret("pass'w ord").build();
    assertThat(command).hasToString("login '***'");
  }

  @Test
  @DisplayName("a secret that comes in pieces is replaced")
  void secretCutAcrossChunks() {
    LineOutput output = output(SECRET);
    for (byte b : utf8("before " + SECRET + " after\n")) {
      output.write(b);
    }
    output.end();
    assertThat(output.text()).isEqualTo("before *** after\n");
    assertThat(lines).containsExactly("before *** after");
  }

  @Test
  @DisplayName("a secret anywhere in an endless line is replaced, wherever the line is cut")
  void secretInEndlessLine() {
    for (int before = (1 << 16) - 20; before < (1 << 16) + 20; before++) {
      lines.clear();
      LineOutput output = output(SECRET);
      byte[] bytes = utf8("x".repeat(before) + SECRET + "y".repeat(1 << 16));
      output.write(bytes, 0, bytes.length);
      output.end();
      String expected = "x".repeat(before) + "***" + "y".repeat(1 << 16);
      assertThat(output.text()).as("after %d bytes", before).isEqualTo(expected);
      assertThat(String.join("", lines)).isEqualTo(expected);
      assertThat(lines).hasSizeGreaterThan(1);
    }
  }

  @Test
  @DisplayName("a secret of several lines is replaced line by line")
  void secretOfSeveralLines() {
    LineOutput output = output("-----BEGIN KEY-----\nAbCdEf\r\nGhIjKl\n-----END KEY-----\n");
    byte[] bytes = utf8("key: -----BEGIN KEY-----\n  AbCdEf\nGhIjKl\n-----END KEY-----\nfree\n");
    output.write(bytes, 0, bytes.length);
    output.end();
    assertThat(output.text()).isEqualTo("key: ***\n  ***\n***\n***\nfree\n");
  }

  @Test
  @DisplayName("a secret between bytes that are no UTF-8 is replaced")
  void secretInBinary() {
    LineOutput output = output(SECRET);
    output.write(new byte[] {(byte) 0xff, (byte) 0xc3}, 0, 2);
    output.write(utf8(SECRET), 0, utf8(SECRET).length);
    output.write(new byte[] {(byte) 0xfe, '\n'}, 0, 2);
    output.end();
    assertThat(output.text()).doesNotContain("s3cr3t").contains("***");
  }

  @Test
  @DisplayName("where one secret holds another, no rest of the longer one stays")
  void secretInSecret() {
    LineOutput output = output("abc", "abcdef");
    output.write(utf8("abcdef abc\n"), 0, 11);
    output.end();
    assertThat(output.text()).isEqualTo("*** ***\n");
  }

  @Test
  @DisplayName("what comes after the end is ignored")
  void nothingAfterTheEnd() {
    LineOutput output = output();
    output.end();
    output.write(utf8("late\n"), 0, 5);
    assertThat(lines).isEmpty();
    assertThat(output.text()).isEmpty();
  }
}

package io.overc.opennebula.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordedExchangesTest {
  private static final Path RECORDED = Path.of("src/test/resources/recorded");

  @Test
  @DisplayName("the front-end of the tests answers every recorded request as OpenNebula 6.8.3 did")
  void answersAsTheRealOneDid() throws IOException {
    List<String> different = new ArrayList<>();
    List<Path> requests;
    try (Stream<Path> files = Files.list(RECORDED)) {
      requests = files.filter(f -> f.toString().endsWith(".request.xml")).sorted().toList();
    }
    try (FrontEnd frontEnd = FrontEnd.start()) {
      frontEnd.admin().file("/var/lib/vmcatcher/cache/raw.img");
      for (Path request : requests) {
        String name = request.getFileName().toString().replace(".request.xml", "");
        if (name.startsWith("51")) {
          frontEnd.admin().slow(5);
        }
        String answer = frontEnd.answer(Files.readAllBytes(request));
        String recorded = Files.readString(RECORDED.resolve(name + ".response.xml"));
        if (!normal(answer).equals(normal(recorded))) {
          different.add(
              name + "\n  recorded " + normal(recorded) + "\n  answered " + normal(answer));
        }
      }
    }
    System.out.println("Recorded exchanges replayed: " + requests.size());
    assertThat(requests).hasSize(53);
    assertThat(different).isEmpty();
  }

  /** Replaces what differs from run to run: times and hashes. */
  private static String normal(String answer) {
    return answer
        .replaceAll("(REGTIME&gt;)\\d+", "$1TIME")
        .replaceAll("(datastores/\\d/)[0-9a-f]{32}", "$1HASH")
        .replaceAll("(PASSWORD&gt;&lt;!\\[CDATA\\[)[0-9a-f]+", "$1HASH")
        .replaceAll("\\s+", " ")
        .strip();
  }
}

package io.overc.opennebula.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.OvercException;
import io.overc.error.RefusedException;
import io.overc.image.ImageEvent;
import io.overc.internal.file.DurableFiles;
import io.overc.opennebula.Site;
import io.overc.testkit.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image in a directory of another user, who exchanges it while root checks and uses it. */
class ExchangedImageIT {
  private static final int NOBODY = 65534;
  private static final int ROUNDS = 60;

  @TempDir private Path directory;
  private Site site;
  private byte[] promised;
  private byte[] other;

  @BeforeEach
  void setUp() throws IOException {
    Real.root();
    site = new Site(Files.createDirectory(directory.resolve("site")));
    promised = new byte[300_000];
    other = new byte[promised.length];
    new Random(1).nextBytes(promised);
    new Random(2).nextBytes(other);
    Files.setAttribute(site.cache(), "unix:uid", NOBODY);
  }

  @AfterEach
  void tearDown() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName("what is registered is what was checked")
  void exchanged() throws Exception {
    Path staging = Files.createDirectory(directory.resolve("staging"));
    site.set("opennebula.staging", staging.toString());
    ImageEvent event = site.available(Site.ID, promised);
    Path file = event.file();
    Path evil = Files.write(file.resolveSibling("evil"), other);
    List<String> harm = new ArrayList<>();
    int[] seen = new int[1];
    site.frontEnd()
        .onAllocate(
            path -> {
              seen[0]++;
              try {
                if (!Arrays.equals(Files.readAllBytes(path), promised)) {
                  harm.add("registered " + path);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    AtomicBoolean stop = new AtomicBoolean();
    Thread exchanger =
        new Thread(
            () -> {
              while (!stop.get()) {
                try {
                  DurableFiles.exchange(file, evil);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });
    exchanger.start();
    int refused = 0;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        try {
          site.handle(event);
        } catch (OvercException e) {
          refused++;
        }
        String old = "old" + round + "-";
        site.frontEnd().admin().images().forEach(i -> offered(i.id(), old + i.id()));
      }
    } finally {
      stop.set(true);
      exchanger.join();
    }
    System.out.printf(
        "Exchanged images: %d rounds, %d refused, %d registered, %d harmed%n",
        ROUNDS, refused, seen[0], harm.size());
    assertThat(harm).isEmpty();
    assertThat(seen[0]).isPositive();
    assertThat(staging).isEmptyDirectory();
  }

  /** Makes the cloud forget an image, so that the next event registers it again. */
  private void offered(int id, String name) {
    site.frontEnd().admin().rename(id, name);
  }

  @Test
  @DisplayName("without a place for a copy such an image is refused")
  void withoutStaging() {
    ImageEvent event = site.available(Site.ID, promised);
    assertThatThrownBy(() -> site.handle(event))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("others could exchange it once it is checked")
        .hasMessageContaining("opennebula.staging");
    assertThat(site.frontEnd().admin().images()).isEmpty();
  }
}

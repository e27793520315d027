package io.overc.opennebula;

import io.overc.config.Config;
import io.overc.event.OperationOptions;
import io.overc.image.ImageEvent;
import io.overc.image.ImageListHandler;
import io.overc.image.ImageOutcome;
import io.overc.opennebula.frontend.FrontEnd;
import io.overc.opennebula.frontend.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A site with a cloud, a cache of images, and VMcatcher, which sends events. */
public final class Site implements AutoCloseable {
  /** The image most tests are about. */
  public static final String ID = "93084776-1176-4849-95dc-cc7a15f2ce97";

  private final FrontEnd frontEnd = FrontEnd.start();
  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();

  /** Sets a site up in an empty directory. */
  public Site(Path directory) {
    this.directory = directory;
    frontEnd.admin().safe(directory.toString());
    try {
      Files.createDirectories(cache());
      Files.writeString(auth(), FrontEnd.ONEADMIN + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings.put("opennebula.endpoint", frontEnd.endpoint());
    settings.put("opennebula.auth-file", auth().toString());
    settings.put("opennebula.expiry-grace", "0s");
    settings.put("opennebula.poll", "10ms");
  }

  /** Sets a key of the configuration. */
  public Site set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Returns the configuration. */
  public Config config() {
    return Config.of(settings);
  }

  /** Returns the configuration as it is written in a file. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** Returns the cloud. */
  public FrontEnd frontEnd() {
    return frontEnd;
  }

  /** Returns the directory of the cached images. */
  public Path cache() {
    return directory.resolve("cache");
  }

  /** Returns the file with the credentials. */
  public Path auth() {
    return directory.resolve("one_auth");
  }

  /** Makes a handler. */
  public ImageListHandler handler() {
    return builder().build();
  }

  OpenNebulaImageListHandlerBuilder builder() {
    return OpenNebulaImageListHandler.builder().config(config()).environment(Map.of());
  }

  /** Handles an event with a new handler. */
  public ImageOutcome handle(ImageEvent event) {
    return handler().handle(event, OperationOptions.defaults());
  }

  /** Puts an image into the cache and tells of it. */
  public ImageEvent available(String identifier, String content) {
    return available(identifier, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts an image into the cache and tells of it. */
  public ImageEvent available(String identifier, byte[] content) {
    try {
      Path file = Files.write(cache().resolve(identifier), content);
      return event(identifier, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells of an image that is in the cache. */
  public ImageEvent event(String identifier, Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file));
      return ImageEvent.of("AvailablePostfix", identifier)
          .with("VMCATCHER_CACHE_DIR_CACHE", cache().toString())
          .with("FILENAME", cache().relativize(file).toString())
          .with("HV_SIZE", String.valueOf(Files.size(file)))
          .with("SL_CHECKSUM_SHA512", HexFormat.of().formatHex(digest))
          .with("HV_VERSION", "1")
          .with("DC_TITLE", "An image");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells that an image expires. */
  public ImageEvent expired(String identifier) {
    return ImageEvent.of("ExpirePostfix", identifier);
  }

  /** Returns the one image that has the identifier as its name. */
  public Image current() {
    List<Image> named = frontEnd.admin().named(ID);
    if (named.size() != 1) {
      throw new AssertionError("not one image is named " + ID + ": " + frontEnd.admin().images());
    }
    return named.get(0);
  }

  /** Returns the image of a number. */
  public Image image(int id) {
    return frontEnd.admin().images().stream()
        .filter(image -> image.id() == id)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no image " + id));
  }

  /** Asserts that nothing was left beside the cached images. */
  public void assertNothingStaged() {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> left = files.filter(file -> file.toString().contains("staging")).toList();
      if (!left.isEmpty()) {
        throw new AssertionError("left behind: " + left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    frontEnd.close();
  }
}

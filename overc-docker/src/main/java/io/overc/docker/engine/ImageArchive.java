package io.overc.docker.engine;

import static org.apache.commons.compress.archivers.tar.TarConstants.LF_NORMAL;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_OLDNORM;

import io.overc.error.OvercException;
import io.overc.error.VerificationException;
import io.overc.internal.file.LimitedInput;
import io.overc.internal.time.Cancellation;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.apache.commons.compress.utils.IOUtils;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Copies an archive of {@code docker save} or {@code podman save} without the names of its image:
 * an engine that loads it would take them from the images that have them. What is loaded is what
 * was read, whatever happens to the archive meanwhile.
 */
final class ImageArchive {
  private static final String MANIFEST = "manifest.json";
  private static final String INDEX = "index.json";

  /** What old engines read where there is no manifest. */
  private static final String NAMES = "repositories";

  private static final int SMALL = 1 << 20;
  private static final int HEADERS = 1 << 15;
  private static final int MOST_ENTRIES = 10_000;
  private static final int DECOMPRESSOR_KIB = 1 << 17;

  private final Path archive;
  private final Map<String, byte[]> texts = new HashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  private ImageArchive(Path archive) {
    this.archive = archive;
  }

  /**
   * Writes the copy.
   *
   * @param digest takes every byte of the archive
   * @throws VerificationException if it is no archive of exactly one image
   */
  static void copyUnnamed(Path archive, Path copy, Digest digest) {
    try (InputStream raw = digest.reading(Files.newInputStream(archive));
        InputStream file = new BufferedInputStream(raw, 1 << 16);
        LimitedInput in =
            new LimitedInput(decompressed(file), Files.getFileStore(copy).getUsableSpace());
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), 1 << 16);
        TarArchiveOutputStream twin = new TarArchiveOutputStream(out, "UTF-8")) {
      twin.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      twin.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      ImageArchive all = new ImageArchive(archive);
      all.copy(tar, in, twin);
      all.transfer(raw, OutputStream.nullOutputStream());
    } catch (OvercException e) {
      throw e;
    } catch (LimitedInput.ExceededException e) {
      throw invalid(archive, e.getMessage() + (e.inAll() ? ", which are all that are free" : ""));
    } catch (IOException | RuntimeException e) {
      throw invalid(archive, String.valueOf(e.getMessage()));
    }
  }

  private static InputStream decompressed(InputStream file) throws CompressorException {
    String kind;
    try {
      kind = CompressorStreamFactory.detect(file);
    } catch (CompressorException e) {
      return file; // None, as docker save writes it.
    }
    return new CompressorStreamFactory(true, DECOMPRESSOR_KIB)
        .createCompressorInputStream(kind, file);
  }

  private void copy(TarArchiveInputStream from, LimitedInput in, TarArchiveOutputStream to)
      throws IOException {
    TarArchiveEntry entry;
    int entries = 0;
    while ((entry = next(from, in)) != null) {
      String path = Path.of("/", entry.getName()).normalize().toString().substring(1);
      require(++entries <= MOST_ENTRIES, "it has too many entries");
      // To isFile of the entry almost everything is one.
      boolean file = List.of(LF_NORMAL, LF_OLDNORM).contains(entry.getLinkFlag());
      boolean harmless = file || entry.isDirectory() || entry.isSymbolicLink() || entry.isLink();
      require(harmless, "it holds a device");
      if (path.equals(MANIFEST) || path.equals(INDEX)) {
        require(file, path + " is no file");
        texts.put(path, small(from, path));
      } else if (!path.equals(NAMES)) {
        sizes.put(path, file ? entry.getSize() : -1);
        to.putArchiveEntry(entry);
        transfer(from, to);
        to.closeArchiveEntry();
      }
    }
    // Last, so that they count whatever the archive put in their places.
    put(to, MANIFEST, manifest());
    if (texts.containsKey(INDEX)) {
      put(to, INDEX, index());
    }
    to.finish();
  }

  // A long name would be read into memory, whatever its length.
  private static @Nullable TarArchiveEntry next(TarArchiveInputStream from, LimitedInput in)
      throws IOException {
    if (from.getCurrentEntry() != null) {
      IOUtils.skip(from, Long.MAX_VALUE);
    }
    return in.headers(HEADERS, from::getNextEntry);
  }

  private void transfer(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      Cancellation.check("reading " + archive);
      to.write(buffer, 0, n);
    }
  }

  private byte[] small(InputStream from, String path) throws IOException {
    byte[] text = from.readNBytes(SMALL + 1);
    require(text.length <= SMALL, path + " is larger than " + SMALL + " bytes");
    return text;
  }

  private byte[] manifest() {
    JsonNode images = parsed(MANIFEST);
    require(images.isArray() && images.size() == 1, "it holds " + images.size() + " images");
    require(images.get(0) instanceof ObjectNode, MANIFEST + " describes no image");
    long config = sizes.getOrDefault(images.get(0).path("Config").asString(""), -1L);
    require(
        config >= 0 && config <= SMALL, "the configuration of its image is missing or too large");
    ((ObjectNode) images.get(0)).putNull("RepoTags");
    return JsonMapper.shared().writeValueAsBytes(images);
  }

  private byte[] index() {
    JsonNode index = parsed(INDEX);
    for (JsonNode image : index.path("manifests")) {
      if (image instanceof ObjectNode object) {
        object.remove("annotations");
      }
    }
    return JsonMapper.shared().writeValueAsBytes(index);
  }

  private JsonNode parsed(String path) {
    byte[] text = texts.get(path);
    if (text == null) {
      throw invalid(archive, "it has no " + path);
    }
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw invalid(archive, path + " is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void put(TarArchiveOutputStream to, String name, byte[] text) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(text.length);
    to.putArchiveEntry(entry);
    to.write(text);
    to.closeArchiveEntry();
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      throw invalid(archive, otherwise);
    }
  }

  private static VerificationException invalid(Path archive, String why) {
    return new VerificationException(
        "The file %s is no archive of one image: %s; make it with the export of a snapshot, or with 'docker save' of one image"
            .formatted(archive, why));
  }
}

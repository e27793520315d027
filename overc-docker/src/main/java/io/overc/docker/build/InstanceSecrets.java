package io.overc.docker.build;

import io.overc.error.InvalidArgumentException;
import io.overc.error.RefusedException;
import io.overc.servicepack.BuildOptions;
import io.overc.servicepack.Secrets;
import io.overc.servicepack.ServicePack;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Gathers the secrets of one instance: supplied, known to a source, or generated.
 *
 * @param length how many characters a generated one has
 * @param alphabet what they are chosen from, each with the same probability
 */
public record InstanceSecrets(int length, String alphabet) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What the docker command itself reads: a secret of that name would change where it goes. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "PATH|HOME|LC_ALL|TMPDIR|BACKUP|GO(DEBUG|GC|TRACEBACK|MAXPROCS)|(LD|XDG|DOCKER|CONTAINERS?|BUILDKIT)_.*");

  Secrets gather(ServicePack pack, BuildOptions options) {
    check(pack, options);
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : pack.secrets()) {
      String supplied = options.secrets().values().get(name);
      values.put(
          name,
          supplied != null
              ? supplied
              : options.secretSource().secret(pack.name(), name).orElseGet(this::generate));
    }
    return Secrets.of(values);
  }

  static void check(ServicePack pack, BuildOptions options) {
    for (String name : options.secrets().names()) {
      if (!pack.secrets().contains(name)) {
        throw new InvalidArgumentException(
            "The service pack '%s' asks for no secret %s; it asks for %s"
                .formatted(pack.name(), name, pack.secrets()));
      }
    }
    for (String name : pack.secrets()) {
      if (RESERVED.matcher(name).matches()) {
        throw new RefusedException(
            "The service pack '%s' asks for a secret %s, but that variable has a meaning of its own; the pack must name it otherwise"
                .formatted(pack.name(), name));
      }
    }
  }

  private String generate() {
    return RANDOM
        .ints(length, 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .reduce("", String::concat);
  }

  /** Checks an alphabet that somebody chose. */
  public static String checkAlphabet(String text) {
    boolean printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (!printable || text.chars().distinct().count() != text.length() || text.length() < 10) {
      throw new IllegalArgumentException(
          "expected at least 10 different printable ASCII characters, no blanks");
    }
    return text;
  }
}

package io.overc.servicepack;

import java.util.Optional;

/** Knows secrets, for example because it asks a vault for them. */
@FunctionalInterface
public interface SecretSource {

  /**
   * {@return a secret, one line; or empty to have it generated}
   *
   * @param pack the name of the pack
   * @param name the name of the secret
   */
  Optional<String> secret(String pack, String name);

  /** {@return the source that knows none, so that every secret is generated} */
  static SecretSource generated() {
    return (pack, name) -> Optional.empty();
  }
}

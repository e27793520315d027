package io.overc.docker;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The labels by which images and containers are known again. Values that a pack chooses are
 * URL-encoded: so they hold no blank, quote, dollar sign or line end, whatever reads them.
 */
final class Labels {
  /** On every image of a pack, and so on every container of one; the version of the pack. */
  static final String MARK = "io.overc.servicepack";

  /** {@code base} or {@code instance}. */
  static final String ROLE = MARK + ".role";

  /** The name of the pack. */
  static final String PACK = MARK + ".pack";

  /** What a base was built from: the contents of the pack and the image below. */
  static final String DIGEST = MARK + ".digest";

  /** The contents of the pack alone. */
  static final String CONTENTS = MARK + ".contents";

  /** The variables of the pack, one a line. */
  static final String ENVIRONMENT = MARK + ".environment";

  /** The ports, divided by commas. */
  static final String PORTS = MARK + ".ports";

  /** The components, divided by commas. */
  static final String COMPONENTS = MARK + ".components";

  /** The optional scripts the pack has, divided by commas. */
  static final String SCRIPTS = MARK + ".scripts";

  /** The names of the secrets an instance holds, divided by commas. */
  static final String SECRETS = MARK + ".secrets";

  /** On an instance, for people. */
  static final String NOTICE = MARK + ".notice";

  /** On the container of a build: who runs it. Empty on what was built from it. */
  static final String WORK = "io.overc.work";

  /** On the containers and the network of a service: its name. */
  static final String SERVICE = "io.overc.service";

  /** On the containers of a service: the name of its image, as it was given. */
  static final String IMAGE = "io.overc.image";

  /** On the container of a component: its name. */
  static final String COMPONENT = "io.overc.component";

  /** On the containers and the network of a service: who made it. */
  static final String OWNER = "io.overc.owner";

  private Labels() {}

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String decode(String label) {
    return URLDecoder.decode(label, StandardCharsets.UTF_8);
  }

  /**
   * Returns the template action that prints a label, or nothing if it is not there. Just printing
   * it is not enough: where the docker command falls back to untyped data, that gives "no value".
   */
  static String print(String label) {
    return printOf(".Config", label);
  }

  /** Returns the same for labels that are elsewhere: those of a network are at the top. */
  static String printOf(String holder, String label) {
    return "{{with " + holder + ".Labels}}{{with index . \"" + label + "\"}}{{.}}{{end}}{{end}}";
  }
}

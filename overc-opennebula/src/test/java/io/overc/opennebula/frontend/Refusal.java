package io.overc.opennebula.frontend;

/** Says that a call is refused, as OpenNebula says it. */
final class Refusal extends Exception {
  static final int AUTHENTICATION = 0x0100;
  static final int AUTHORIZATION = 0x0200;
  static final int NO_EXISTS = 0x0400;
  static final int ACTION = 0x0800;
  static final int INTERNAL = 0x2000;
  static final int ALLOCATE = 0x4000;
  private static final long serialVersionUID = 1L;

  final int code;
  final int object;

  Refusal(int code, String message) {
    this(code, message, -1);
  }

  Refusal(int code, String message, int object) {
    super(message);
    this.code = code;
    this.object = object;
  }

  static Refusal missing(String kind, int id) {
    return new Refusal(NO_EXISTS, "Error getting " + kind + " [" + id + "].", id);
  }
}

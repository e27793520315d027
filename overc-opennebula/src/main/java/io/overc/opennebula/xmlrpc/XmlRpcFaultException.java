package io.overc.opennebula.xmlrpc;

import io.overc.error.OvercException;

/** Signals that the front-end did not understand a call. */
public class XmlRpcFaultException extends OvercException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param method what was called
   * @param code the code of the fault
   * @param text what the front-end says
   */
  public XmlRpcFaultException(String method, String code, String text) {
    super(
        "OpenNebula did not understand the call %s (fault %s: %s); is this its XML-RPC endpoint, and of a supported version?"
            .formatted(method, code, text));
  }
}

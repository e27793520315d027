package io.overc.opennebula.xmlrpc;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Says how a front-end is reached.
 *
 * @param endpoint its address, http or https
 * @param timeout how long one call may take, the answer included
 * @param longestAnswer how many bytes an answer may have
 * @param tls whom to trust, or empty for whom the JVM trusts
 */
public record XmlRpcOptions(
    URI endpoint, Duration timeout, long longestAnswer, Optional<SSLContext> tls) {}

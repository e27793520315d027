package io.overc.event;

import java.util.OptionalLong;

/**
 * Identifies an operation: all its events carry the same.
 *
 * @param id unique in this JVM, ascending by start
 * @param kind what is being done
 * @param subject on what it is done, for example the name of a container
 * @param parent the id of the operation that this one is a part of; empty for one that was called
 */
public record OperationInfo(long id, OperationKind kind, String subject, OptionalLong parent) {
  @Override
  public String toString() {
    return kind + " of " + subject;
  }
}

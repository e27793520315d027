package io.overc.opennebula.cloud;

/**
 * Names a datastore, a user or a group.
 *
 * @param id its number
 * @param name its name
 * @param kind the TYPE it has (0 for a datastore of images), or empty
 */
public record NamedId(int id, String name, String kind) {}

package io.overc.opennebula.cloud;

/**
 * A datastore, a user or a group.
 *
 * @param id its number
 * @param name its name
 * @param kind the TYPE it has (0 for a datastore of images), or empty
 */
record NamedId(int id, String name, String kind) {}

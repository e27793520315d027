package io.overc.internal.tree;

import java.io.IOException;

/** Visits the entries of a tree, the root first and every directory before what is in it. */
@FunctionalInterface
public interface TreeVisitor {
  /** Visits an entry; returns whether to go into it, if it is a directory. */
  boolean visit(TreeEntry entry) throws IOException;
}

/**
 * Everything that is true of the whole rather than of one module: architecture rules, the shape of
 * the deployment, and every test that needs the running system.
 */
@NullMarked
package org.hikae.it;

import org.jspecify.annotations.NullMarked;

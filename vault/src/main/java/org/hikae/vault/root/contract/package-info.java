/**
 * What every kind of root keeps: where it is, which keys are derived from it, the rules of anchors
 * and epochs. It knows no kind of root.
 */
@NullMarked
package org.hikae.vault.root.contract;

import org.jspecify.annotations.NullMarked;

/** What the tests of every module share: which of them a run takes, and where its time goes. */
@NullMarked
package org.hikae.testing;

import org.jspecify.annotations.NullMarked;

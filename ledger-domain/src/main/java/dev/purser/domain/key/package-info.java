/** Keys that open the API: platform secrets of a project, operator and auditor keys. */
@NullMarked
package dev.purser.domain.key;

import org.jspecify.annotations.NullMarked;

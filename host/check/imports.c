/* SPDX-License-Identifier: MIT
 *
 * What a plugin takes from libc, read from its dynamic symbols without loading
 * it: the name behind a behaviour.
 */
#include "check/check.h"

#include <elf.h>
#include <string.h>

typedef struct
{
  const char *bytes;
  gsize length;
} File;

static const void *
at (const File *file, guint64 offset, guint64 length)
{
  return offset <= file->length && length <= file->length - offset ? file->bytes + offset : NULL;
}

/* The section of that type; NULL when there is none that lies in the file. */
static const Elf64_Shdr *
find_section (const File *file, guint32 type)
{
  const Elf64_Ehdr *header = at (file, 0, sizeof *header);
  const Elf64_Shdr *sections
      = header != NULL ? at (file, header->e_shoff, (guint64)header->e_shnum * sizeof (Elf64_Shdr))
                       : NULL;

  for (guint i = 0; sections != NULL && i < header->e_shnum; i++)
    if (sections[i].sh_type == type
        && at (file, sections[i].sh_offset, sections[i].sh_size) != NULL)
      return &sections[i];
  return NULL;
}

static const Elf64_Shdr *
section_at (const File *file, guint32 number)
{
  const Elf64_Ehdr *header = at (file, 0, sizeof *header);
  const Elf64_Shdr *section
      = number < header->e_shnum
            ? at (file, header->e_shoff + (guint64)number * sizeof *section, sizeof *section)
            : NULL;

  return section != NULL && at (file, section->sh_offset, section->sh_size) != NULL ? section
                                                                                    : NULL;
}

static void
collect (const File *file, const Elf64_Shdr *symbols, const char *const *functions, GString *found)
{
  const Elf64_Shdr *strings = section_at (file, symbols->sh_link);
  const Elf64_Sym *symbol = at (file, symbols->sh_offset, symbols->sh_size);

  for (gsize i = 0; strings != NULL && i < symbols->sh_size / sizeof *symbol; i++)
    {
      const char *name = file->bytes + strings->sh_offset + symbol[i].st_name;

      if (symbol[i].st_shndx != SHN_UNDEF || symbol[i].st_name >= strings->sh_size
          || memchr (name, 0, strings->sh_size - symbol[i].st_name) == NULL
          || !g_strv_contains (functions, name))
        continue;
      g_string_append_printf (found, "%s%s()", found->len > 0 ? ", " : "", name);
    }
}

char *
hansa_check_imports (const char *path, const char *const *functions)
{
  g_autofree char *bytes = NULL;
  File file = { 0 };
  GString *found = g_string_new (NULL);

  if (g_file_get_contents (path, &bytes, &file.length, NULL))
    {
      file.bytes = bytes;
      const Elf64_Shdr *symbols = find_section (&file, SHT_DYNSYM);
      if (symbols != NULL)
        collect (&file, symbols, functions, found);
    }
  if (found->len > 0)
    return g_string_free (found, FALSE);
  g_string_free (found, TRUE);
  return NULL;
}

/* SPDX-License-Identifier: MIT
 *
 * Finds the ".hansa" section of a shared object without loading it. Read by
 * pread, not mapped: a file that shrinks meanwhile is an error, not a signal.
 */
#include "plugin/supervisor.h"

#include "base/error.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECTION ".hansa"
#define MAX_SECTIONS 1024 /* a shared object has some thirty */
#define MAX_NAMES ((guint64)1 << 20)

#if defined(__x86_64__)
#define OUR_MACHINE EM_X86_64
#elif defined(__aarch64__)
#define OUR_MACHINE EM_AARCH64
#elif defined(__riscv)
#define OUR_MACHINE EM_RISCV
#else
#define OUR_MACHINE EM_NONE
#endif

static gboolean
read_at (int fd, gpointer buffer, gsize length, guint64 offset)
{
  if (offset > G_MAXINT64 - length)
    return FALSE;
  while (length > 0)
    {
      gssize n = pread (fd, buffer, length, (off_t)offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      buffer = (char *)buffer + n;
      length -= (gsize)n;
      offset += (guint64)n;
    }
  return TRUE;
}

/* FALSE when this is no shared object of this machine's word and byte order. */
static gboolean
read_header (int fd, Elf64_Ehdr *header)
{
  return read_at (fd, header, sizeof *header, 0) && memcmp (header->e_ident, ELFMAG, SELFMAG) == 0
         && header->e_ident[EI_CLASS] == ELFCLASS64 && header->e_ident[EI_DATA] == ELFDATA2LSB
         && header->e_type == ET_DYN && header->e_shentsize == sizeof (Elf64_Shdr)
         && header->e_shnum > 0 && header->e_shnum <= MAX_SECTIONS
         && header->e_shstrndx < header->e_shnum;
}

static gboolean
find_section (int fd, const Elf64_Ehdr *header, Elf64_Shdr *found)
{
  g_autofree Elf64_Shdr *sections = g_new0 (Elf64_Shdr, header->e_shnum);
  g_autofree char *names = NULL;
  guint64 size;

  if (!read_at (fd, sections, header->e_shnum * sizeof *sections, header->e_shoff))
    return FALSE;
  size = sections[header->e_shstrndx].sh_size;
  if (size == 0 || size > MAX_NAMES)
    return FALSE;
  names = g_malloc (size);
  if (!read_at (fd, names, size, sections[header->e_shstrndx].sh_offset))
    return FALSE;
  for (guint i = 0; i < header->e_shnum; i++)
    if (sections[i].sh_name <= size - MIN (size, sizeof SECTION)
        && memcmp (names + sections[i].sh_name, SECTION, sizeof SECTION) == 0)
      {
        *found = sections[i];
        return sections[i].sh_type == SHT_PROGBITS && sections[i].sh_size >= sizeof (HansaNote);
      }
  return FALSE;
}

static gboolean
read_note (int fd, HansaNote *note, Elf64_Half *machine)
{
  Elf64_Ehdr header;
  Elf64_Shdr section;

  if (!read_header (fd, &header) || !find_section (fd, &header, &section)
      || !read_at (fd, note, sizeof *note, section.sh_offset))
    return FALSE;
  *machine = header.e_machine;
  return memcmp (note->magic, HANSA_NOTE_MAGIC, sizeof note->magic) == 0
         && note->note_size >= sizeof *note && memchr (note->id, 0, sizeof note->id) != NULL
         && memchr (note->version, 0, sizeof note->version) != NULL && note->id[0] != '\0'
         && g_utf8_validate (note->id, -1, NULL) && g_utf8_validate (note->version, -1, NULL);
}

gboolean
hansa_note_read (const char *path, HansaNote *note, gboolean *is_plugin, GError **error)
{
  /* Not blocking: a FIFO with that name would wait for a writer. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int saved = errno;
  Elf64_Half machine = EM_NONE;
  HansaNote found;
  struct stat about;
  gboolean ok;

  if (is_plugin != NULL)
    *is_plugin = FALSE;
  if (fd < 0)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN, _ ("%s cannot be opened: %s"), path,
                   g_strerror (saved));
      return FALSE;
    }
  ok = fstat (fd, &about) == 0 && S_ISREG (about.st_mode) && read_note (fd, &found, &machine);
  close (fd);
  if (!ok)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN,
                   _ ("%s is no Hansa plugin: it has no valid section \"%s\""), path, SECTION);
      return FALSE;
    }
  if (is_plugin != NULL)
    *is_plugin = TRUE;
  if (note != NULL)
    *note = found;
  if (machine != OUR_MACHINE)
    {
      g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN,
                   _ ("%s is built for another kind of processor (ELF machine %u)"), path,
                   (guint)machine);
      return FALSE;
    }
  if (found.abi_major == HANSA_ABI_MAJOR && found.abi_minor <= HANSA_ABI_MINOR)
    return TRUE;
  g_set_error (error, HANSA_HOST_ERROR, HANSA_EXIT_PLUGIN,
               _ ("%s asks for plugin ABI %u.%u; this Hansa has %u.%u"), path, found.abi_major,
               found.abi_minor, HANSA_ABI_MAJOR, HANSA_ABI_MINOR);
  return FALSE;
}

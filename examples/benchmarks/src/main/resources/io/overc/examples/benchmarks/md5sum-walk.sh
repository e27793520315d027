# Removes from a container what its sources have: the walk by hand that overlay sharing replaces.
# Arguments: the container's directory, then the sources' directories.
container=$1
shift
cd "$container" || exit 1
find . -type f | while IFS= read -r file; do
    for source in "$@"; do
        if [ -f "$source/$file" ]; then
            ours=$(md5sum "$file" | cut -d ' ' -f 1)
            theirs=$(md5sum "$source/$file" | cut -d ' ' -f 1)
            if [ "$ours" = "$theirs" ]; then
                rm -f "$file"
                break
            fi
        fi
    done
done

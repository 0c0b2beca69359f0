"""What each kind of sound is called. The first word or phrase is its plain name; the rest are other ways to ask for it."""

AMBIENCE = {
    'rain': ['rain', 'rainfall', 'heavy rain', 'light rain', 'rainy day', 'drizzle', 'downpour', 'rainstorm', 'raining on a roof', 'wet street', 'shower'],
    'thunder': ['thunder', 'thunderstorm', 'a storm', 'distant thunder', 'stormy weather', 'lightning', 'stormy night'],
    'wind': ['wind', 'windy day', 'breeze', 'wind blowing', 'gusts', 'strong wind', 'open field', 'meadow', 'desert', 'mountain', 'mountains', 'hill', 'sky', 'clouds', 'grassland'],
    'snow_wind': ['cold wind', 'snow', 'blizzard', 'snowstorm', 'howling wind', 'winter', 'arctic', 'snowy mountain', 'ice', 'polar night'],
    'sea': ['sea', 'ocean', 'sea waves', 'beach', 'waves', 'surf', 'seaside', 'coast', 'shore', 'ocean waves breaking', 'harbour', 'island', 'sand and sea'],
    'stream': ['stream', 'river', 'creek', 'brook', 'running water', 'waterfall', 'fountain', 'babbling brook', 'lake shore', 'flowing water'],
    'underwater': ['underwater', 'under water', 'diving', 'deep sea', 'submarine', 'aquarium', 'fish', 'under the sea', 'coral reef'],
    'birds': ['forest birds', 'birds', 'birdsong', 'birds singing', 'forest', 'woods', 'garden', 'park', 'spring morning', 'trees', 'morning', 'jungle', 'chirping birds', 'countryside'],
    'insects': ['night insects', 'crickets', 'night', 'summer night', 'insects', 'cicadas', 'evening', 'field at night', 'campsite', 'moon', 'stars', 'starry night'],
    'city': ['city', 'traffic', 'street', 'cars', 'road', 'urban', 'town', 'downtown', 'busy street', 'highway', 'city street', 'market square', 'bus', 'skyline', 'crossing'],
    'murmur': ['crowd murmur', 'crowd', 'people talking', 'cafe', 'restaurant', 'market', 'voices', 'chatter', 'bar', 'station hall', 'classroom', 'museum', 'people'],
    'room': ['room', 'quiet room', 'room tone', 'indoors', 'office', 'kitchen', 'living room', 'bedroom', 'house', 'interior', 'silence', 'library', 'studio', 'air conditioning'],
    'fire': ['fire', 'fireplace', 'campfire', 'bonfire', 'crackling fire', 'burning', 'flames', 'stove', 'hearth', 'fire crackling'],
    'machines': ['machines', 'factory', 'machinery', 'industrial', 'workshop', 'machine room', 'construction', 'engine room', 'spaceship', 'computer', 'robot factory', 'humming machines'],
    'party': ['party', 'cheering', 'applause', 'audience', 'stadium', 'concert', 'celebration', 'festival', 'cheers', 'wedding', 'birthday'],
    'helicopter': ['helicopter', 'chopper', 'helicopter flying', 'rotor', 'aircraft', 'drone flying', 'airplane'],
    'chainsaw': ['chainsaw', 'saw', 'sawing', 'power tool', 'lawn mower', 'cutting wood with a chainsaw'],
}

FOLEY = {
    'steps_wood': ['footsteps on wood', 'wooden floor footsteps', 'walking indoors', 'steps on stairs', 'heels on a floor', 'someone walking in a house', 'dancing'],
    'steps_stone': ['footsteps', 'footsteps on stone', 'walking', 'person walking', 'steps', 'footsteps on concrete', 'running', 'pavement footsteps', 'a man walking', 'a woman walking', 'runner', 'jogging'],
    'steps_gravel': ['footsteps on gravel', 'walking on gravel', 'gravel', 'crunching steps', 'walking on a path', 'hiking', 'stones crunching'],
    'steps_snow': ['footsteps in snow', 'walking in snow', 'crunching snow', 'snow steps', 'boots in the snow'],
    'steps_grass': ['footsteps on grass', 'walking on grass', 'steps in the grass', 'running through a field', 'animal walking', 'horse walking', 'dog running'],
    'steps_sand': ['footsteps on sand', 'walking on the beach', 'steps in sand', 'barefoot', 'walking in the desert'],
    'splash': ['splash', 'splashing', 'jumping into water', 'water splash', 'swimming', 'diving in', 'fish jumping', 'puddle', 'stone thrown in water', 'swimmer'],
    'whoosh': ['whoosh', 'swish', 'fast movement', 'passing by', 'flying past', 'swing', 'sword', 'transition', 'swoosh', 'throw', 'throwing', 'spinning', 'fast motion'],
    'door': ['door', 'door closing', 'door slam', 'closing a door', 'door shuts', 'cupboard', 'car door', 'drawer'],
    'glass_break': ['glass breaking', 'breaking glass', 'window smash', 'shattering', 'broken bottle', 'smash', 'crash'],
    'twig': ['twigs snapping', 'twig', 'branch breaking', 'snapping', 'snap', 'cracking branches', 'breaking wood', 'crack'],
    'drop': ['water drops', 'dripping', 'drip', 'drops', 'leaking tap', 'water drop', 'bubbles', 'bubble', 'pop'],
    'clock': ['clock', 'ticking', 'clock ticking', 'tick', 'watch', 'ticking clock', 'typing', 'keyboard', 'click', 'button', 'camera click'],
    'clap': ['clap', 'clapping', 'hands clapping', 'hand clap', 'slap'],
    'bird_call': ['bird', 'bird call', 'bird chirp', 'a bird', 'chirp', 'sparrow', 'parrot', 'seagull', 'chick'],
    'cat': ['cat', 'meow', 'cat meowing', 'kitten', 'a cat'],
    'jump': ['jump', 'jumping', 'leap', 'hop', 'taking off', 'getting up'],
    'brakes': ['brakes', 'brake squeal', 'squeak', 'squeaking', 'screech', 'tyres screeching', 'creak', 'stopping car'],
    'paper': ['paper', 'page turning', 'book', 'paper rustling', 'newspaper', 'wrapping', 'cards', 'letter'],
    'cloth': ['cloth', 'clothes', 'fabric', 'cloth rustling', 'jacket', 'flag', 'person moving', 'gesture', 'hug', 'sitting down', 'body movement', 'blanket'],
    'leaf_rustle': ['leaves rustling', 'rustle', 'rustling', 'bushes', 'leaves', 'plants', 'bush'],
    'impact_soft': ['soft impact', 'thud', 'fall', 'falling', 'pillow', 'punch', 'soft hit', 'bump', 'drop on carpet', 'body fall'],
    'impact_hard': ['hard impact', 'impact', 'hit', 'bang', 'hammer', 'collision', 'hitting', 'box falling', 'object falls', 'stone falls', 'wood hit', 'blocks'],
    'metal': ['metal', 'metal clang', 'clang', 'metal hit', 'pan', 'pot', 'tools', 'anvil', 'metallic impact', 'robot', 'chain'],
    'bell': ['bell', 'bells', 'church bell', 'ringing', 'bicycle bell', 'chime', 'ding', 'gong', 'alarm', 'ring'],
    'glass_clink': ['glass', 'glasses', 'clink', 'toast', 'glass clinking', 'bottle', 'dishes', 'cups', 'plate', 'cutlery', 'cheers with glasses', 'crystal'],
    'bounce': ['ball', 'ball bouncing', 'bounce', 'bouncing', 'bouncing ball', 'basketball', 'football', 'tennis', 'kick', 'ball kick', 'rolling ball'],
    'knock': ['knock', 'knocking', 'knocking on a door', 'wooden knock', 'tapping', 'tap', 'drumming', 'woodpecker'],
    'land': ['landing', 'land', 'jump and landing', 'stomp', 'heavy step', 'giant', 'touch down', 'heavy fall', 'boom', 'explosion'],
    'engine': ['engine', 'engine revving', 'car engine', 'motor', 'motorcycle', 'car', 'all-terrain vehicle', 'revving', 'truck', 'driving', 'engine idle', 'tractor', 'boat', 'vehicle', 'race car'],
    'pour': ['water pouring', 'pouring', 'pouring water', 'tap water', 'filling a glass', 'coffee pouring', 'tea'],
    'leaves': ['leaves in the wind', 'moving through leaves', 'walking through leaves', 'autumn leaves', 'rustling leaves', 'animal in the bushes'],
    'slide': ['sliding', 'slide', 'skiing', 'skating', 'sledge', 'dragging', 'skis', 'scraping', 'brushing', 'sweeping', 'sawing by hand', 'snowboard'],
    'wheels': ['wheels', 'rolling', 'skateboard', 'bicycle', 'cart', 'train', 'rolling wheels', 'bike', 'tram', 'pram', 'roller skates', 'riding'],
    'dog': ['dog', 'dog barking', 'bark', 'barking', 'puppy', 'a dog'],
    'rooster': ['rooster', 'cock crowing', 'rooster crowing', 'farm', 'chicken'],
    'sneeze': ['sneeze', 'sneezing', 'person sneezing', 'achoo', 'cough'],
    'baby': ['baby', 'baby crying', 'crying', 'child crying', 'infant'],
}

JOINERS = [', ', ' and ', ' with ', ', then ', '; ', '. ']
FRAMES = ['{}', '{}', '{}', 'the sound of {}', 'sounds of {}', 'a {}', 'the {}', '{} in the distance', 'close {}', '{} nearby', 'we hear {}', 'some {}', '{} outside']
ADJECTIVES = ['loud', 'quiet', 'soft', 'gentle', 'calm', 'slow', 'fast', 'big', 'small', 'old', 'young', 'red', 'blue', 'green', 'yellow', 'bright',
              'dark', 'sunny', 'warm', 'beautiful', 'cinematic', 'realistic', 'natural', 'white', 'black', 'brown', 'golden']


def phrase(kind, rng):
    """A way of asking for one kind. rng is a numpy Generator."""
    table = AMBIENCE if kind in AMBIENCE else FOLEY
    words = table[kind][min(int(rng.exponential(3.0)) if rng.random() < 0.5 else int(rng.integers(len(table[kind]))), len(table[kind]) - 1)]
    if rng.random() < 0.2:
        words = f'{ADJECTIVES[rng.integers(len(ADJECTIVES))]} {words}'
    return FRAMES[rng.integers(len(FRAMES))].format(words)


def prompt(own, other, rng):
    """Own kinds, and often kinds of the other stem beside them, in any order: one prompt serves both stems."""
    parts = [phrase(k, rng) for k in own] + [phrase(k, rng) for k in other]
    order = rng.permutation(len(parts))
    text = parts[order[0]]
    for i in order[1:]:
        text += JOINERS[rng.integers(len(JOINERS))] + parts[i]
    return text
